from __future__ import annotations

import importlib.util
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from stories import document, sentence, story

pa = pytest.importorskip("pyarrow", reason="archives need pyarrow: pip install 'firsthand[spark]'")

from pyarrow import parquet  # noqa: E402

from firsthand.archive import blocks  # noqa: E402
from firsthand.archive.cuts import choose_documents, load_documents  # noqa: E402
from firsthand.archive.inputs import read_archive  # noqa: E402
from firsthand.archive.markings import mark_archive  # noqa: E402
from firsthand.archive.options import ArchiveOptions  # noqa: E402
from firsthand.archive.parts import Store, told  # noqa: E402
from firsthand.archive.sessions import open_session  # noqa: E402
from firsthand.archive.tables import table_to_records  # noqa: E402
from firsthand.archive.tasks import FAMILIES  # noqa: E402
from firsthand.casefile import open_case  # noqa: E402
from firsthand.cli import main  # noqa: E402
from firsthand.core.errors import FirsthandError  # noqa: E402
from firsthand.core.records import Copy, Document  # noqa: E402
from firsthand.encoder import Encoder  # noqa: E402
from firsthand.gazetteers import open_gazetteer  # noqa: E402
from firsthand.mark import document_to_credits, mark  # noqa: E402
from firsthand.read import ReadOptions, read  # noqa: E402
from firsthand.trace import TraceOptions, copies_to_origins, trace  # noqa: E402
from firsthand.trace.copies import without_rings  # noqa: E402
from firsthand.trace.parents import RECURS  # noqa: E402

OPTIONS = TraceOptions(crowd=40)


def coverage(families: int = 40, seed: int = 1) -> list[Document]:
    """Copies of all sorts, a footer that more pages carry than OPTIONS allow a crowd, undated pages, credits."""
    r = random.Random(seed)
    footer, formula = sentence(r, 30), sentence(r, 12)
    made: list[Document] = []
    for k in range(families):
        paragraphs = story(seed * 1000 + k, paragraphs=4)
        for n in range(r.choice([1, 1, 2, 4, 9])):
            body = list(paragraphs)
            if n and r.random() < 0.6:
                body = body[: r.randint(1, 4)]
            elif n and r.random() < 0.6:
                body = [" ".join(w for w in p.split() if r.random() > 0.03) for p in body]
            if r.random() < 0.2:
                body.insert(1, story(seed * 1000 + (k + 7) % families)[2])
            if r.random() < 0.2:
                body.append(formula)
            if r.random() < 0.6:
                body.append(footer)
            if r.random() < 0.3:
                body[0] = f"CAPITAL (Reuters) - {body[0]}"
            when = f"2020-01-{1 + (k + n) % 28:02}T{n:02}:00:00" if r.random() < 0.8 else None
            made.append(document(f"d{len(made):04}", body, when, publisher=r.choice(["Reuters", "The Post", None])))
    return made


def traced_in_parts(documents: Sequence[Document], *, block: int, buckets: int = 3) -> list[Copy]:
    """What the Spark runner does, without Spark: every function sees the rows of one part only."""
    parts = [documents[k : k + 50] for k in range(0, len(documents), 50)]
    sketches = pa.concat_tables(
        blocks.documents_to_rows(part, [document_to_credits(d) for d in part], options=OPTIONS) for part in parts
    )
    rows = [row for row in sketches.to_pylist() if row["words"] >= OPTIONS.sentence]
    rows.sort(key=lambda row: (row["since"], -row["size"], row["id"]))
    by_digest = sorted(rows, key=lambda row: row["digest"])
    kept = dict(blocks.rows_to_keepers((row["digest"], row["id"], row["view"]) for row in by_digest))
    texts = [row for row in rows if kept[row["digest"]] == row["id"]]
    total, common = len(texts), np.zeros(0, np.uint64)
    postings = blocks.texts_to_postings(np.arange(total), [row["prints"] for row in texts], total=total)
    bucket = np.asarray(postings.column("key")).view(np.uint64) % np.uint64(buckets)
    links = pa.concat_tables(
        table
        for k in range(buckets)
        for table in blocks.postings_to_rows(postings.filter(pa.array(bucket == k)), total=total, crowd=OPTIONS.crowd)
    )
    numbers = range(-(-total // block))
    late = np.asarray(links.column("late")) // block
    sums = [blocks.links_to_sums(links.filter(pa.array(late == k)), total=total) for k in numbers]
    crowds = (
        pa.concat_tables(crowds for _, crowds in sums)
        .group_by("crowd")
        .aggregate([("members", "sum"), ("strangers", "sum")])
    )
    common = blocks.crowds_to_common(crowds.rename_columns(["crowd", "members", "strangers"]))
    assert len(common), "the footer is boilerplate"
    words = {d.id: d for d in documents}
    matches = []
    for linked, _ in sums:
        chosen = blocks.sums_to_candidates(linked, common=common, total=total)
        needed = sorted({*chosen.column("late").to_pylist(), *chosen.column("early").to_pylist()})
        random.Random(0).shuffle(needed)
        table = pa.table(
            {
                "number": pa.array(needed, pa.int64()),
                "id": [texts[k]["id"] for k in needed],
                "text": [words[texts[k]["id"]].text for k in needed],
                "parts": ["[]"] * len(needed),
                "view": [texts[k]["view"] for k in needed],
                "words": [texts[k]["words"] for k in needed],
            }
        )
        if needed:
            matches.append(blocks.candidates_to_rows(chosen, table, common=common, total=total, options=OPTIONS))
    found = pa.concat_tables(matches).to_pylist()
    copied = {row["doc"] for row in found if row["whole"]}
    seen = Counter((row["of"], start) for row in found if row["doc"] not in copied for start in row["short"])
    standing = [
        {"doc": row["doc"], "of": row["of"], "start": start}
        for row in found
        for start in row["starts"]
        if seen[row["of"], start] >= RECURS
    ]
    assert standing, "the formula is standing matter"
    copies: list[Copy] = []
    for k in numbers:
        decided = blocks.matches_to_decisions(
            pa.Table.from_pylist([row for row in found if row["doc"] // block == k], schema=blocks.MATCHES),
            pa.Table.from_pylist(
                [row for row in standing if row["doc"] // block == k],
                schema=pa.schema([(name, pa.int64()) for name in ("doc", "of", "start")]),
            ),
            options=OPTIONS,
        )
        copies += table_to_records(Copy, decided)
    by_id = {row["id"]: row for row in rows}
    repeats = [(row, by_id[kept[row["digest"]]]) for row in rows if kept[row["digest"]] != row["id"]]
    copies = without_rings(copies, {row["id"]: k for k, row in enumerate(texts)})
    parents = {c.doc: by_id[c.of] for c in copies if c.kind != "excerpt"}
    assert any(of["id"] in parents for _, of in repeats), "the same cut of a story ran twice"

    def joined(row: dict[str, object], of: dict[str, object]) -> dict[str, object]:
        parent = parents.get(of["id"])
        of_fields = {f"of_{name}": of[name] for name in ("view", "begin", "end")}
        texts = {"text": words[row["id"]].text, "parts": "[]"} if parent else {}
        names = ("view", "words")
        more = {f"parent_{name}": parent[name] for name in names} if parent else dict.fromkeys(["parent_view"])
        more |= {"parent_text": words[parent["id"]].text, "parent_parts": "[]"} if parent else {}
        return {**row, **of_fields, **texts, **more}

    table = pa.Table.from_pylist(sorted((joined(*pair) for pair in repeats), key=lambda r: r["parent_view"] is None))
    again = blocks.repeats_to_copies(table, common=common, total=total, options=OPTIONS)
    return sorted([*copies, *again], key=lambda c: (c.doc, c.of, c.kind))


@pytest.mark.parametrize("block", [7, 1000])
def test_a_trace_in_parts_is_the_trace_of_the_whole(block):
    documents = coverage()
    whole = trace(documents, credits={d.id: document_to_credits(d) for d in documents}, options=OPTIONS)
    assert {c.kind for c in whole} >= {"duplicate", "wire", "edited", "excerpt"}
    assert traced_in_parts(documents, block=block) == whole


class InProcess:
    """As much of a Spark session as stages without shuffles use, in this process."""

    def __init__(self, items: Sequence[object] = ()) -> None:
        self.items = items

    @property
    def sparkContext(self) -> InProcess:  # noqa: N802
        return self

    def parallelize(self, items: Sequence[object], _: int) -> InProcess:
        return InProcess(items)

    def foreach(self, task) -> None:
        for item in self.items:
            task(item)


class Quiet:
    def start(self, step: str, total: int | None) -> None:
        pass

    def advance(self, step: str, count: int) -> None:
        pass

    def say(self, message: str) -> None:
        pass


def read_into(out: Path, *inputs: Path, session: object | None = None, **options: int) -> tuple[int, list[str]]:
    both = (ReadOptions(), ArchiveOptions(**options))
    return read_archive(session or InProcess(), inputs, out, options=both, progress=Quiet())


def stored(out: Path, kind: type = Document) -> list:
    paths = sorted((out / {Document: "documents", Copy: "copies"}[kind]).glob("*.parquet"))
    return [record for path in paths for record in table_to_records(kind, parquet.read_table(path))]


def when(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def write_rows(path: Path, documents: Sequence[Document], *, ids: bool = True) -> None:
    rows = [{"id": d.id, "text": d.text, "published": d.published, "publisher": d.publisher} for d in documents]
    lines = (json.dumps({name: row[name] for name in row if (ids or name != "id") and row[name]}) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    documents = coverage(12)
    write_rows(made / "a.jsonl", documents[:30])
    write_rows(made / "b.jsonl", documents[30:], ids=False)
    (made / "page.html").write_text("<html><title>Fire</title><p>" + documents[0].text + "</p></html>")
    return made


def unnamed(found):
    """Documents by path and bytes; ids are by the whole path in an archive, where no task knows the others' files."""
    return {(d.path, d.sha256): replace(d, id="") for d in found if isinstance(d, Document)}


def test_an_archive_holds_what_read_reads(folder, tmp_path):
    expected = unnamed(read([folder]))
    for split in (1 << 30, 2000):  # whole files, and stretches of a few lines
        out = tmp_path / str(split)
        count, failed = read_into(out, folder, split_bytes=split, part=7)
        assert (count, failed) == (len(expected), [])
        assert unnamed(stored(out)) == expected


def test_only_what_changed_is_read_again(folder, tmp_path):
    out = tmp_path / "out"
    options = {"split_bytes": 2000}
    read_into(out, folder, **options)
    before = when(out / "documents")
    read_into(out, folder, **options)
    assert when(out / "documents") == before
    text = (folder / "a.jsonl").read_text().replace("2020-01-05", "2020-01-06")
    (folder / "a.jsonl").write_text(text)
    (folder / "page.html").unlink()
    read_into(out, folder, **options)
    after = when(out / "documents")
    kept = {name for name, at in before.items() if after.get(name) == at}
    assert 0 < len(kept) < len(before)
    assert unnamed(stored(out)) == unnamed(read([folder]))


def test_a_task_that_dies_costs_its_own_part_only(folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    write, calls = Store.write, iter(range(100))

    def dies(self, table, part, rows):
        if next(calls) == 3:
            (self.root / table / f".{part}.half").write_bytes(b"half")
            raise KeyboardInterrupt
        write(self, table, part, rows)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", dies)
        with pytest.raises(KeyboardInterrupt):
            read_into(out, folder, split_bytes=2000)
    done = when(out / "done" / "read")
    assert done
    read_into(out, folder, split_bytes=2000)
    assert done.items() <= when(out / "done" / "read").items()
    assert unnamed(stored(out)) == unnamed(read([folder]))
    assert not list((out / "documents").glob(".*"))


def test_a_part_half_made_anew_is_not_taken_for_the_old_one(folder, tmp_path, monkeypatch):
    out, file = tmp_path / "out", folder / "a.jsonl"
    text = file.read_text()
    read_into(out, folder)
    file.write_text(text.replace("2020-01-05", "2020-01-06"))
    with monkeypatch.context() as patch:
        patch.setattr(Store, "mark_done", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            read_into(out, folder)
    file.write_text(text)
    read_into(out, folder)
    assert unnamed(stored(out)) == unnamed(read([folder]))


def test_progress_counts_what_others_have_done(tmp_path, monkeypatch):
    store, seen = Store(tmp_path), []
    monkeypatch.setattr("firsthand.archive.parts.LOOK_S", 0.01)

    class Counts(Quiet):
        def advance(self, step: str, count: int) -> None:
            seen.append(count)

    with told(store, "read", ["a", "b", "c"], Counts()):
        store.mark_done("read", "a", "")
        while not sum(seen):
            time.sleep(0.01)
        store.mark_done("read", "b", "")
        store.mark_done("read", "other", "")
    assert sum(seen) == 2 and max(seen) == 1


def test_parquet_in_and_broken_files_listed(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    documents = coverage(3)
    columns = {name: [getattr(d, name) for d in documents] for name in ("id", "text", "published", "publisher")}
    parquet.write_table(pa.table(columns), folder / "x.parquet", row_group_size=2)
    (folder / "y.parquet").write_bytes(b"PAR1 no more")
    count, failed = read_into(tmp_path / "out", folder, split_bytes=500)
    assert count == len(documents)
    assert {d.text: d.published for d in stored(tmp_path / "out")} == {d.text: d.published for d in documents}
    assert len(failed) == 1 and "y.parquet" in failed[0]


def test_a_case_takes_words_time_and_family(tmp_path):
    rows = [
        {"id": "hit", "text": "The Kavala depot’s fire.", "published": "2020-01-03"},
        {"id": "copy", "text": "A depot burned.", "published": "2020-01-03"},
        {"id": "old", "text": "Depot fire at Kávala", "published": "2018-01-03"},
        {"id": "none", "text": "depots kavala FIRE"},
        {"id": "other", "text": "Kavala depot", "published": "2020-01-03"},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    out = tmp_path / "out"
    read_into(out, tmp_path / "in.jsonl")
    name = {d.path.rpartition("/")[2]: d.id for d in stored(out)}
    families = pa.table({"doc": [name["copy"]], "origin": [name["hit"]]}, schema=FAMILIES)
    Store(out).write("families", "f0", families)

    def chosen(**options) -> tuple[set[str], int]:
        cut = choose_documents(out, **{"about": ["Kavala depot fire"], **options})
        loaded = {d.id: d for d in load_documents(out, cut.ids)}
        assert loaded == {d.id: d for d in stored(out) if d.id in cut.ids}
        return {known for known, made in name.items() if made in cut.ids}, cut.undated

    assert chosen(between="2019-12-01..2020-01-31") == ({"hit", "copy"}, 1)
    assert chosen(between="2020-01", undated=True) == ({"hit", "copy", "none"}, 0)
    assert chosen(between="..2019-01-01") == ({"old"}, 1)
    assert chosen() == ({"hit", "copy", "old", "none"}, 0)
    assert chosen(about=["burned", "nothing"]) == ({"hit", "copy"}, 0)
    with pytest.raises(FirsthandError, match="no interval"):
        chosen(between="last week")


def test_a_case_is_built_from_an_archive(tmp_path):
    rows = [{"id": str(k), "text": f"Fire at depot {k}.  Two  died.", "published": f"2020-01-0{k}"} for k in (1, 2, 3)]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    out, case = tmp_path / "out", tmp_path / "x.case"
    read_into(out, tmp_path / "in.jsonl")
    command = ["build", "--from-archive", str(out), "--about", "depot", "--between", "2020-01-02..", "-o", str(case)]
    ran = CliRunner().invoke(main, command)
    assert ran.exit_code == 0, ran.output
    with open_case(case, readonly=True) as opened:
        assert {d.id: d for d in opened.load(Document)} == {d.id: d for d in stored(out) if "depot 1" not in d.text}
    nothing = CliRunner().invoke(main, [*command[:4], "volcano", "-o", str(case)])
    assert nothing.exit_code == 1 and "no document is about this" in nothing.output


def marked_once(session: object, tmp_path: Path) -> None:
    """Marking makes the mentions that `mark` makes, and is not done twice."""
    texts = ["Police said on Friday that two guards died in Lima.", "A bomb wounded 6 people, the army says."]
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in texts))
    out = tmp_path / "out"
    read_into(out, tmp_path / "in.jsonl", part=1)
    assert mark_archive(session, out, progress=Quiet()) == 2
    documents = stored(out)
    expected = set()
    with open_gazetteer() as places:
        for found, encoding in zip(documents, Encoder.load(threads=1).encode(d.text for d in documents), strict=True):
            expected |= {m.id for m in mark(found, encoding=encoding, gazetteer=places).mentions}
    made = [row["id"] for path in (out / "mentions").glob("*.parquet") for row in parquet.read_table(path).to_pylist()]
    assert expected and sorted(made) == sorted(expected)
    assert mark_archive(session, out, progress=Quiet()) == 0


def test_marking_is_that_of_the_verb_and_done_once(tmp_path):
    marked_once(InProcess(), tmp_path)


def test_no_java_is_said_with_what_to_do(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(FirsthandError, match=r"Java 17.*install"), open_session():
        pass


# What follows needs Spark.


def without_spark() -> str:
    if importlib.util.find_spec("pyspark") is None:
        return "no pyspark (400 MB): `make archive-test` installs it and runs this"
    return "" if shutil.which("java") or os.environ.get("JAVA_HOME") else "no Java: Spark needs 17 or later"


spark = pytest.mark.skipif(bool(without_spark()), reason=without_spark())


@pytest.fixture(scope="module")
def session():
    settings = {
        "spark.sql.shuffle.partitions": "2", "spark.driver.memory": "1g", "spark.sql.codegen.wholeStage": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    }  # fmt: skip
    with warnings.catch_warnings(), open_session(master="local[2,4]", settings=settings) as opened:
        warnings.simplefilter("ignore")
        yield opened


@spark
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning")
def test_spark_and_the_local_runner_agree_although_a_worker_is_killed(session, folder, tmp_path):
    from firsthand.archive.tracings import trace_archive

    killed = []

    def kill() -> None:
        """The first worker that is met at work after the first part is done."""
        while not killed:
            if (out / "done" / "sketches").is_dir():
                for pid in workers():
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
            time.sleep(0.01)

    out = tmp_path / "out"
    documents = [d for d in read([folder]) if isinstance(d, Document)]
    read_into(out, folder, session=session, part=10)
    both = (OPTIONS, ArchiveOptions(block=20, postings=500))
    threading.Thread(target=kill, daemon=True).start()
    found = trace_archive(session, out, options=both, progress=Quiet())
    assert killed
    copies = trace(documents, credits={d.id: document_to_credits(d) for d in documents}, options=OPTIONS)
    assert sorted(stored(out, Copy), key=lambda c: (c.doc, c.of, c.kind)) == copies
    rows = [row for path in (out / "families").glob("*.parquet") for row in parquet.read_table(path).to_pylist()]
    origins = {doc: origin for doc, origin in copies_to_origins(documents, copies).items() if doc != origin}
    assert {row["doc"]: row["origin"] for row in rows} == origins
    assert (found["documents"], found["copies"]) == (len(documents), len(copies))
    assert found["families"] == len({*origins.values()})
    # Half the work lost: only that half is done again.
    for part in ("b000000", "b000001"):
        (out / "done" / "matches" / f"{part}.json").unlink()
    before = when(out / "work" / "matches")
    trace_archive(session, out, options=both, progress=Quiet())
    again = {name for name, at in when(out / "work" / "matches").items() if before[name] != at}
    assert again == {"b000000.parquet", "b000001.parquet"}


@spark
def test_an_archive_without_texts_has_no_copies(session, tmp_path):
    from firsthand.archive.tracings import trace_archive

    out = tmp_path / "out"
    for table in ("copies", "families"):
        Store(out).write(table, "old", FAMILIES.empty_table())
    for name, text in (("short", '{"text": "Fire."}'), ("broken", "{")):
        (tmp_path / f"{name}.jsonl").write_text(text)
        count, _ = read_into(out, tmp_path / f"{name}.jsonl")
        found = trace_archive(session, out, options=(OPTIONS, ArchiveOptions()), progress=Quiet())
        assert found == {"documents": count, "texts": 0, "copies": 0, "families": 0}
    assert not (out / "copies").exists() and not (out / "families").exists()


@spark
def test_a_killed_driver_loses_nothing(session, folder, tmp_path):
    from firsthand.archive.tracings import trace_archive

    out = tmp_path / "out"
    read_into(out, folder, part=10)
    conf = ["--conf", "spark.driver.memory=1g", "--conf", "spark.sql.shuffle.partitions=2"]
    command = [sys.executable, "-m", "firsthand", "archive", "trace", str(out), "--master", "local[2,4]", *conf]
    with subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL) as driver:
        while not (out / "done" / "links").is_dir():
            assert driver.poll() is None
            time.sleep(0.05)
        os.killpg(driver.pid, signal.SIGKILL)
    done = {stage.name: when(stage) for stage in (out / "done").iterdir()}
    assert {"sketches", "keepers"} <= done.keys() and "copies" not in done
    trace_archive(session, out, options=(TraceOptions(), ArchiveOptions()), progress=Quiet())
    for stage, markers in done.items():
        assert {m: at for m, at in markers.items() if not m.startswith(".")}.items() <= when(
            out / "done" / stage
        ).items()
    documents = [d for d in read([folder]) if isinstance(d, Document)]
    copies = trace(documents, credits={d.id: document_to_credits(d) for d in documents})
    assert sorted(stored(out, Copy), key=lambda c: (c.doc, c.of, c.kind)) == copies


def workers() -> list[int]:
    """Processes of Python that Spark runs tasks in: children of the daemon it forks them from."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    ours = [pid for pid, parent in parents.items() if parent == os.getpid()]
    daemons = [pid for pid, parent in parents.items() if parent in ours]
    return [pid for pid, parent in parents.items() if parent in daemons]


@spark
def test_marking_on_spark(session, tmp_path):
    marked_once(session, tmp_path)


@spark
def test_chains_end_at_their_first_and_rings_are_cut(session):
    from firsthand.archive.families import parents_to_origins

    r = random.Random(3)
    parents = {k + 1: k for k in range(40)}  # a long chain
    parents |= {50: 53, 53: 51, 51: 50, 60: 50, 61: 60, 70: 71, 71: 70}  # two rings, one with a tail
    parents |= {k: r.randrange(100, k) for k in range(101, 160)}
    rows = session.createDataFrame(sorted(parents.items()), "doc long, of long")
    origins, cuts = parents_to_origins(session, rows)
    documents = [document(f"{k:03}", ["x"]) for k in range(160)]
    copies = [
        Copy(id=str(doc), by="", doc=f"{doc:03}", of=f"{of:03}", kind="wire", similarity=1.0)
        for doc, of in parents.items()
    ]
    uncut = without_rings(copies, {d.id: k for k, d in enumerate(documents)})
    assert cuts == sorted({int(c.doc) for c in copies} - {int(c.doc) for c in uncut}) == [50, 70]
    expected = {int(doc): int(of) for doc, of in copies_to_origins(documents, uncut).items()}
    assert {row.doc: row.origin for row in origins.collect()} == {doc: expected[doc] for doc in parents}
