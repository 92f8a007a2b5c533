"""The whole way, once: the example case is built as a user would build it and compared with truth.json.

Each section of truth.json is one test. It prints what was missed and fails if the share found falls below the
section's floor. `python tests/test_example.py` builds the case and prints every section, for working on the verbs.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from snapshots import Quiet

EXAMPLE = Path(__file__).parent.parent / "examples" / "harbour-fire"
TRUTH = json.loads((EXAMPLE / "truth.json").read_text(encoding="utf-8"))
Item = dict[str, Any]
Missed = str | None
"""What a check returns: None if the item was found, else what stands there instead."""


def build_example(case_path: Path) -> None:
    from firsthand.steps import BuildOptions, build

    options = BuildOptions(gazetteers=(EXAMPLE / "places.csv",))
    build((EXAMPLE / "coverage",), case_path, options=options, progress=Quiet())


def named(pattern: str, name: str | None) -> bool:
    """Whether any of the names divided by bars stands in `name`, whatever the case."""
    return any(option.casefold() in (name or "").casefold() for option in pattern.split("|"))


@dataclass
class Case:
    """All records of the built case, and where the words of truth.json stand in them."""

    records: dict[str, list[Any]]
    _spans: dict[tuple[str, str], tuple[int, int] | None] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Case:
        from firsthand.casefile import open_case
        from firsthand.core.records import RECORDS

        with open_case(path, readonly=True) as case:
            return cls({kind.__name__: list(case.load(kind)) for kind in RECORDS})

    def __getitem__(self, kind: str) -> list[Any]:
        return self.records[kind]

    @cached_property
    def documents(self) -> dict[str, Any]:
        """Key of truth.json to Document."""
        found = {}
        for item in TRUTH["documents"]:
            for document in self["Document"]:
                inside = Path(item["path"]).name in (document.path or "")
                if inside and ("url" not in item or document.url == item["url"]):
                    found[item["key"]] = document
        return found

    @cached_property
    def by_id(self) -> dict[str, Any]:
        return {record.id: record for records in self.records.values() for record in records}

    @cached_property
    def main(self) -> Any:
        """The main incident."""
        incidents = [e for e in self["Entity"] if e.kind == "incident"]
        return next((e for e in incidents if e.detail.get("main")), None)

    def span(self, key: str, words: str) -> tuple[int, int] | None:
        """Where the words first stand in a document, white space aside."""
        if (key, words) not in self._spans:
            pattern = r"\s+".join(re.escape(word) for word in words.split())
            document = self.documents.get(key)
            match = re.search(pattern, document.text) if document else None
            self._spans[key, words] = match.span() if match else None
        return self._spans[key, words]

    def touches(self, spans: Iterable[Any], key: str, words: str) -> bool:
        """Whether one of the spans overlaps the words in that document."""
        wanted, document = self.span(key, words), self.documents.get(key)
        return (
            wanted is not None
            and document is not None
            and any(s.doc == document.id and s.start < wanted[1] and wanted[0] < s.end for s in spans)
        )

    def words(self, span: Any) -> str:
        return " ".join(self.by_id[span.doc].text[span.start : span.end].split())

    def hops(self, statement: str) -> list[Any]:
        return sorted((h for h in self["Hop"] if h.statement == statement), key=lambda h: h.position)


def documents(case: Case, item: Item) -> Missed:
    document = case.documents.get(item["key"])
    if document is None:
        return "not read"
    wrong = [
        f"{name} {getattr(document, name)!r}"
        for name in ("publisher", "headline", "byline")
        if name in item and getattr(document, name) != item[name]
    ]
    return "; ".join(wrong) or None


def dates_of_publication(case: Case, item: Item) -> Missed:
    """From metadata, or read off the page's own dateline (then it is a statement, for it is an inference)."""
    document = case.documents[item["document"]]
    read_off = [s.value for s in case["Statement"] if s.property == "published" and s.span.doc == document.id]
    got, want = document.published or next(iter(read_off), None), item["published"]
    if (got or "")[:10] != (want or "") or "/" in (got or ""):
        return f"published {got} from {document.published_from}"
    if "modified" in item and (document.modified or "")[:10] != item["modified"]:
        return f"modified {document.modified}"
    candidates = {candidate.value[:10] for candidate in document.dates}
    missing = set(item.get("also", ())) - candidates
    return f"no candidate {sorted(missing)} among {sorted(candidates)}" if missing else None


def set_apart(case: Case, item: Item) -> Missed:
    """Boilerplate is not in the text at all, or in a part that is not marked up."""
    found = case.span(item["document"], item["words"])
    if found is None:
        return None
    parts = case.documents[item["document"]].parts
    apart = any(p.start <= found[0] and found[1] <= p.end for p in parts if p.kind not in ("headline", "byline"))
    return None if apart else "stands in the news"


def copies(case: Case, item: Item) -> Missed:
    doc, of = case.documents[item["document"]], case.documents[item["of"]]
    mine = [c for c in case["Copy"] if c.doc == doc.id]
    if any(c.of == of.id and c.kind in item["kinds"] for c in mine):
        return None
    return str([(c.kind, case.by_id[c.of].publisher, round(c.similarity, 2)) for c in mine])


def not_copies(case: Case, key: str) -> Missed:
    mine = [c for c in case["Copy"] if c.doc == case.documents[key].id and c.kind != "excerpt"]
    return str([(c.kind, case.by_id[c.of].publisher, round(c.similarity, 2)) for c in mine]) if mine else None


def credits(case: Case, item: Item) -> Missed:
    doc = case.documents[item["document"]].id
    mine = [m for m in case["Mention"] if m.kind == "credit" and m.span.doc == doc]
    for mention in mine:
        names = f"{mention.value} {mention.detail.get('agency', '')}"
        if mention.detail.get("kind") in item["kinds"] and named(item["name"], names):
            return None
    return str([(m.detail.get("kind"), m.value) for m in mine])


def places(case: Case, item: Item) -> Missed:
    mine = [
        m
        for m in case["Mention"]
        if m.kind in ("place", "facility") and case.touches([m.span], item["document"], item["words"])
    ]
    if any((m.value or "").endswith(item["id"]) for m in mine):
        return None
    return str([(case.words(m.span), m.value, m.detail.get("reason")) for m in mine])


def dates(case: Case, item: Item) -> Missed:
    mine = [
        m
        for m in case["Mention"]
        if m.kind in ("date", "time") and case.touches([m.span], item["document"], item["words"])
    ]
    if any((m.value or "").split("T")[0] == item["edtf"] for m in mine):
        return None
    return str([(case.words(m.span), m.value) for m in mine])


def attributions(case: Case, item: Item) -> Missed:
    doc = item["document"]
    touching = [a for a in case["Attribution"] if case.touches(a.content, doc, item["content"])]
    for a in touching:
        source = " ".join(case.words(s) for s in a.source).casefold()
        cue = " ".join(case.words(s) for s in a.cue).casefold()
        if (
            item["source"].casefold() in source
            and item["cue"].casefold() in cue
            and named(item["source_kind"], a.source_kind)
        ):
            return None
    return str([([case.words(s) for s in a.source], [case.words(s) for s in a.cue], a.source_kind) for a in touching])


def incidents(case: Case, item: Item) -> Missed:
    near = []
    for entity in case["Entity"]:
        if entity.kind != "incident" or not (entity.date or "").startswith(item["date"]):
            continue
        place = str(entity.detail.get("place") or "")
        near.append((entity.value, entity.date, place, entity.detail.get("documents"), entity.detail.get("main")))
        right_place = not item["places"] or any(name in place for name in item["places"])
        if (
            entity.value in item["kinds"]
            and right_place
            and bool(entity.detail.get("main")) == item["main"]
            and int(entity.detail.get("documents") or 0) >= item["documents_min"]
        ):
            return None
    return str(near)


def accused(case: Case, item: Item) -> Missed:
    mine = [
        c
        for c in case["Claim"]
        if case.main and c.incident == case.main.id and c.property.startswith("perpetrator") and _accuses(case, c, item)
    ]
    if not mine:
        return "not among the accused"
    shown = [(c.value, c.confidence, c.origins_low, c.origins_high) for c in mine]
    actors = {case.by_id[c.actor].label for c in mine if c.actor}  # a denial is a claim of its own about the same actor
    given = {
        confidence
        for c in case["Claim"]
        if c.incident == case.main.id and c.actor and case.by_id[c.actor].label in actors
        for confidence in (c.confidence or "").split("; ")
    }
    for claim in mine:
        if (
            set(item["confidences"]) <= given
            and item["low"][0] <= claim.origins_low <= item["low"][1]
            and item["high"][0] <= claim.origins_high <= item["high"][1]
        ):
            return None
    return str(shown)


def _accuses(case: Case, claim: Any, item: Item) -> bool:
    actor = case.by_id.get(claim.actor)
    return named(item["name"], claim.value) or (actor is not None and named(item["name"], actor.label))


def claims(case: Case, item: Item) -> Missed:
    shown = []
    for claim in case["Claim"]:
        if case.main is None or claim.incident != case.main.id or claim.property != item["property"]:
            continue
        pages = {case.by_id[s].span.doc for s in claim.statements}
        shown.append((claim.value, len(pages), claim.origins_low, claim.origins_high))
        if (
            claim.value in item["value"].split("|")
            and len(pages) >= item["documents_min"]
            and item["low"][0] <= claim.origins_low <= item["low"][1]
            and item["high"][0] <= claim.origins_high <= item["high"][1]
        ):
            return None
    return str(shown)


def chains(case: Case, item: Item) -> Missed:
    """Some statement in these words is reached through these hops, in this order."""
    shown = set()
    for statement in case["Statement"]:
        if not case.touches([statement.span], item["document"], item["words"]):
            continue
        names = [hop.name for hop in case.hops(statement.id)]
        shown.add(" ← ".join(names))
        rest = iter(names)
        if all(any(named(wanted, name) for name in rest) for wanted in item["hops"]):
            return None
    return str(sorted(shown))


def findings(case: Case, item: Item) -> Missed:
    touching = [f for f in case["Finding"] if case.touches(f.spans, item["document"], item["words"])]
    for finding in touching:
        measured = item.get("measured")
        if (
            finding.check == item["check"]
            and finding.level in item["level"].split("|")
            and (measured is None or measured[0] <= (finding.measured or 0) <= measured[1])
        ):
            return None
    return str([(f.check, f.level, f.measured) for f in touching])


def quiet(case: Case, item: Item) -> Missed:
    """Nothing is wrong with these words, so no check may say that something is; a toll may be said to have risen."""
    levels = ("conflict",) if item["check"] == "count" else ("conflict", "drift")
    alarms = [
        f.message
        for f in case["Finding"]
        if f.check == item["check"] and f.level in levels and case.touches(f.spans, item["document"], item["words"])
    ]
    return alarms[0] if alarms else None


def open_questions(case: Case, item: Item) -> Missed:
    asked = [f for f in case["Finding"] if f.level == "open question"]
    wanted = [item["words"], *([item["near"]] if "near" in item else [])]
    if any(case.touches(f.spans, item["document"], words) for f in asked for words in wanted):
        return None
    doc = case.documents[item["document"]].id
    return str([case.words(s) for f in asked for s in f.spans if s.doc == doc])


def official_account_versions(case: Case, item: Item) -> Missed:
    """Each version is a statement that rests on the ministry."""
    shown = set()
    for statement in case["Statement"]:
        if case.touches([statement.span], item["document"], item["words"]):
            names = [hop.name for hop in case.hops(statement.id)]
            shown.add(" ← ".join(names))
            if any(named(item["source"], name) for name in names):
                return None
    return str(sorted(shown))


def interested(case: Case, item: Item) -> Missed:
    mine = [o for o in case["Origin"] if named(item["name"], o.name)]
    return None if any(o.interested for o in mine) else str([(o.name, o.interested) for o in mine])


CHECKS: dict[str, Callable[[Case, Any], Missed]] = {
    check.__name__: check
    for check in (
        documents, dates_of_publication, set_apart, copies, not_copies, credits, places, dates, attributions, incidents,
        accused, claims, chains, findings, quiet, open_questions, official_account_versions, interested,
    )
}  # fmt: skip


def missed(case: Case, section: str) -> Iterator[tuple[Any, str]]:
    for item in TRUTH[section]:
        try:
            why = CHECKS[section](case, item)
        except KeyError as error:  # the document itself was not read
            why = f"no {error}"
        if why is not None:
            yield item, why


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    path = tmp_path_factory.mktemp("example") / "example.case"
    build_example(path)
    return Case.load(path)


def test_truth_quotes_the_coverage(case: Case) -> None:
    """Every word that truth.json quotes as news stands in the text as it was read."""
    quoted = [
        (item["document"], item[name])
        for section in TRUTH
        if section not in ("about", "floors", "set_apart", "documents")
        for item in TRUTH[section]
        for name in ("words", "near", "source", "cue", "content")
        if "document" in item and name in item and section != "official_account_versions"
    ]
    assert len(quoted) > 100
    assert [(key, words) for key, words in quoted if case.span(key, words) is None] == []


def test_all_documents_are_read_and_no_more(case: Case) -> None:
    assert len(case["Document"]) == len(TRUTH["documents"])
    assert [f.message for f in case["Finding"] if f.level == "unreadable"] == []


def test_packed_files_are_what_pack_makes(tmp_path: Path) -> None:
    """The committed WARC and PDF hold what their readable sources say."""
    spec = importlib.util.spec_from_file_location("pack", EXAMPLE / "pack.py")
    assert spec is not None and spec.loader is not None
    pack = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pack)
    report = (EXAMPLE / "sources/open-shores-watch-7.txt").read_text(encoding="utf-8")
    assert (EXAMPLE / "coverage/reports/open-shores-watch-7.pdf").read_bytes() == pack.text_to_pdf(report)
    # Deflate differs between zlib builds, so it is the contents that are compared.
    assert gzip.decompress((EXAMPLE / "coverage/archive/crawl.warc.gz").read_bytes()) == gzip.decompress(
        pack.pages_to_warc()
    )


@pytest.mark.parametrize("section", CHECKS)
def test_section(case: Case, section: str) -> None:
    lost = list(missed(case, section))
    share = 1 - len(lost) / len(TRUTH[section])
    listing = "\n".join(f"  {item}\n    found: {why}" for item, why in lost)
    assert share >= TRUTH["floors"][section] - 1e-9, f"{section}: {share:.0%} found. Missed:\n{listing}"


def main() -> None:
    """Build (or open the case named as argument) and print every section."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "example.case"
        if not path.exists():
            build_example(path)
        case = Case.load(path)
    for section in CHECKS:
        lost = list(missed(case, section))
        total = len(TRUTH[section])
        sys.stdout.write(f"{section}: {total - len(lost)}/{total} (floor {TRUTH['floors'][section]})\n")
        for item, why in lost:
            sys.stdout.write(f"  - {json.dumps(item, ensure_ascii=False)}\n      found: {why}\n")


if __name__ == "__main__":
    main()
