"""Files, folders and archives of every kind, made here: what is read, what is refused, and that nothing gets lost."""

from __future__ import annotations

import gc
import gzip
import io
import json
import os
import random
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from firsthand.core.ids import make_id
from firsthand.core.records import Document, Finding
from firsthand.read import ReadOptions, Source, path_to_place, read, sources

STORY = "Two guards died near Varda on Thursday when three rockets hit a depot, the interior ministry said."
PAGE = f"<!DOCTYPE html><html><head><title>Two die</title></head><body><p>{STORY}</p></body></html>"
SMALL = ReadOptions(max_source_bytes=1 << 20, max_unpacked_bytes=2 << 20, max_document_chars=100_000)


def outcome(path: Path, options: ReadOptions = SMALL) -> tuple[list[Document], list[Finding]]:
    found = list(read([path], options=options))
    return [f for f in found if isinstance(f, Document)], [f for f in found if isinstance(f, Finding)]


def noise(length: int, seed: int = 0) -> bytes:
    """Random bytes, the same in every run: a test that fails must fail again."""
    return random.Random(seed).randbytes(length)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def pdf(text: str) -> bytes:
    writer = PdfWriter()
    for piece in text.split("\f"):
        page = writer.add_blank_page(600, 800)
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        named = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
        fonts = DictionaryObject({NameObject("/F1"): named})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        shown = " ".join(f"({line}) Tj T*" for line in piece.split("\n"))
        stream.set_data(f"BT /F1 11 Tf 14 TL 50 700 Td {shown} ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": "Rockets hit depot", "/CreationDate": "D:20240101000000Z"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def warc(*, packed: bool) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # warcio leaves its temporary files to be collected
        data = _warc(packed)
        gc.collect()
    return data


def _warc(packed: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)

    def add(url: str, body: bytes, media_type: str, status: str = "200 OK", coding: str | None = None) -> None:
        headers = [("Content-Type", media_type)] + ([("Content-Encoding", coding)] if coding else [])
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        said = {"WARC-Date": "2021-03-06T10:00:00Z"}
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict=said
        )
        writer.write_record(record)

    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    add("https://tide.example/a", PAGE.encode(), "text/html; charset=utf-8")
    add("https://tide.example/logo.png", b"\x89PNG", "image/png")
    add("https://tide.example/gone", b"<p>not here</p>", "text/html", status="404 Not Found")
    add("https://tide.example/b", gzip.compress(f"<p>{STORY} Encore.</p>".encode("utf-16")), "text/html", coding="gzip")
    add("https://tide.example/c", pdf(STORY), "application/pdf")
    return out.getvalue()


FEED = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Morning Aggregate</title>
<item><title>Two die - The Tide</title><link>https://tide.example/2021/03/04/a</link><guid>tide-1</guid>
<pubDate>Thu, 04 Mar 2021 08:15:00 +0300</pubDate><source url="https://tide.example/feed">The Tide</source>
<content:encoded><![CDATA[<p>{STORY}</p><p>The post Two die appeared first on The Tide.</p>]]></content:encoded></item>
<item><title>Short</title><link>https://ledger.example/b</link>
<description>{STORY} &lt;b&gt;More&lt;/b&gt;</description></item>
<item><title>Nothing</title></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Tide</title>
<entry><id>urn:1</id><title>Two die</title>
<updated>2021-03-05T00:00:00Z</updated><published>2021-03-04T05:15:00Z</published>
<author><name>Ana Lindqvist</name></author>
<content type="html">&lt;p&gt;{STORY}&lt;/p&gt;</content></entry></feed>"""
ROW = {"id": 7, "text": STORY, "title": "Two die", "published": "2021-03-04"}
ROWS = "\n\n".join(json.dumps(row) for row in (ROW, {"id": "b", "text": STORY + " Encore.", "date": "4 March 2021"}))

MIXED = {"b/page.html": PAGE.encode(), "a.txt": STORY.encode(), ".hidden": b"x", "__MACOSX/a": b"x"}
READABLE: dict[str, tuple[bytes, list[str]]] = {
    "story.txt": (STORY.encode(), ["story.txt"]),
    "story": (STORY.encode(), ["story"]),
    "page.html": (PAGE.encode(), ["page.html"]),
    "page.txt": (PAGE.encode(), ["page.txt"]),
    "page.html.gz": (gzip.compress(PAGE.encode()), ["page.html.gz"]),
    "rows.jsonl": (ROWS.encode(), ["rows.jsonl!/7", "rows.jsonl!/b"]),
    "rows.jsonl.gz": (gzip.compress(ROWS.encode()), ["rows.jsonl.gz!/7", "rows.jsonl.gz!/b"]),
    "rows.dat": (ROWS.encode(), ["rows.dat!/7", "rows.dat!/b"]),
    "rows.json": (json.dumps([{"text": STORY}] * 2).encode(), ["rows.json!/row 1", "rows.json!/row 2"]),
    "one.json": (json.dumps({"id": "x", "text": STORY}, indent=1).encode(), ["one.json!/x"]),
    "report.pdf": (pdf(STORY), ["report.pdf"]),
    "crawl.warc": (warc(packed=False), ["crawl.warc!/2", "crawl.warc!/5", "crawl.warc!/6"]),
    "crawl.warc.gz": (warc(packed=True), ["crawl.warc.gz!/2", "crawl.warc.gz!/5", "crawl.warc.gz!/6"]),
    "atom.xml": (ATOM.encode(), ["atom.xml!/urn:1"]),
    "all.zip": (
        zipped({**MIXED, "in.zip": zipped({"c.txt": b"Two died."})}),
        ["all.zip!/a.txt", "all.zip!/b/page.html", "all.zip!/in.zip!/c.txt"],
    ),
    "crawl.zip": (zipped({"c.warc.gz": warc(packed=True)}), [f"crawl.zip!/c.warc.gz!/{n}" for n in (2, 5, 6)]),
}  # fmt: skip


@pytest.mark.parametrize("name", READABLE)
def test_what_can_be_read(name: str, tmp_path: Path) -> None:
    data, paths = READABLE[name]
    (tmp_path / name).write_bytes(data)
    documents, findings = outcome(tmp_path / name)
    assert findings == []
    assert [d.path for d in documents] == paths
    assert all("died" in d.text for d in documents)


@pytest.mark.parametrize("name", READABLE)
def test_ids_are_known_before_anything_is_parsed(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(READABLE[name][0])
    found = [s for s in sources([tmp_path], options=SMALL) if isinstance(s, Source)]
    documents, _ = outcome(tmp_path)
    assert [s.id for s in found] == [d.id for d in documents]
    assert [make_id("document", path_to_place(s.path), s.sha256) for s in found] == [s.id for s in found]


def broken_pdf_password() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(STORY)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def encrypted_zip() -> bytes:
    data = bytearray(zipped({"a.txt": STORY.encode()}, zipfile.ZIP_STORED))
    data[6] |= 1  # the flag in the local header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and in the directory
    return bytes(data)


def nested_zip(levels: int) -> bytes:
    data = STORY.encode()
    for level in range(levels):
        data = zipped({"in.zip" if level else "a.txt": data})
    return data


UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.txt": (lambda: b"", "is empty"),
    "blank.txt": (lambda: b" \n\t ", "only white space"),
    "line.txt": (lambda: b"two guards died " * (1 << 17), "larger than 1 MiB"),
    "long.txt": (lambda: b"two guards died " * 10_000, "more than 100,000"),
    "cut.txt.gz": (lambda: gzip.compress(noise(4000).hex().encode())[:2000], "ends early"),
    "bomb.gz": (lambda: gzip.compress(b"0" * (20 << 20)), "larger than 1 MiB"),
    "bomb.zip": (lambda: zipped({"a.txt": b"0" * (9 << 20)}), "larger than 1 MiB"),
    "many.zip": (lambda: zipped({f"{i}.txt": (b"%d died. " % i) * 9_000 for i in range(40)}), "unpacks to more"),
    "deep.zip": (lambda: nested_zip(5), "more than 3 levels"),
    "up.zip": (lambda: zipped({"../../a.txt": STORY.encode()}), "points outside the archive"),
    "root.zip": (lambda: zipped({"/etc/a.txt": STORY.encode()}), "points outside the archive"),
    "drive.zip": (lambda: zipped({"C:\\a.txt": STORY.encode()}), "points outside the archive"),
    "locked.zip": (encrypted_zip, "is encrypted"),
    "damaged.zip": (lambda: b"PK\x03\x04" + noise(500), "damaged zip"),
    "office.docx": (lambda: zipped({"[Content_Types].xml": b"<x/>"}), "Office file"),
    "scan.pdf": (lambda: pdf(""), "no text"),
    "locked.pdf": (broken_pdf_password, "is encrypted"),
    "damaged.pdf": (lambda: b"%PDF-1.7\n" + noise(500), "cannot be read"),
    "picture.jpg": (lambda: b"\xff\xd8\xff\xe0" + noise(500), "JPEG image"),
    "picture.txt": (lambda: noise(5000), "binary"),
    "drawn.html": (lambda: b"<html><body><script>draw()</script></body></html>", "has no text"),
    "comment.html": (lambda: b"<html><!-- " + b"x" * 1000, "no text"),
    "broken.json": (lambda: b'{"text": ', "no JSON"),
    "deep.json": (lambda: b"[" * 100_000, "no JSON"),
    "number.json": (lambda: b"7", "neither an object nor a list"),
    "empty.xml": (lambda: b'<rss version="2.0"><channel><title>t</title></channel></rss>', "without entries"),
    "damaged.warc": (lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999\r\n\r\nHTTP/1.1 200 OK\r\n", ""),
    "saved.mhtml": (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; x\r\n\r\n", "MHTML"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_said_and_the_run_goes_on(name: str, tmp_path: Path) -> None:
    make, reason = UNREADABLE[name]
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / name).write_bytes(make())
    (tmp_path / "z.txt").write_text(STORY)
    documents, findings = outcome(tmp_path)
    assert {"a.txt", "z.txt"} <= {d.path for d in documents}
    assert findings
    for finding in findings:
        assert (finding.check, finding.level) == ("read", "unreadable")
        assert finding.message.startswith(name) and reason in finding.message
        assert ";" in finding.message, "says what to do"


def test_bad_rows_do_not_take_the_good_ones_along(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "text": STORY})
    rows = [
        good,
        '{"id": "huge", "text": "' + "x" * (3 << 20) + '"}',
        "{broken",
        "[1]",
        '{"id": "c"}',
        good.replace("a", "z", 1),
    ]
    (tmp_path / "r.jsonl").write_text("\n".join(rows))
    documents, findings = outcome(tmp_path)
    assert [d.path for d in documents] == ["r.jsonl!/a", "r.jsonl!/z"]
    assert [f.message.split(":")[0] for f in findings] == [f"r.jsonl!/{n}" for n in ("row 2", "row 3", "row 4", "c")]


def test_a_cut_archive_gives_what_came_before_the_cut(tmp_path: Path) -> None:
    rows = "\n".join(json.dumps({"id": i, "text": f"{STORY} {noise(20, i).hex()}"}) for i in range(500))
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(rows.encode())[:-6_000])
    documents, findings = outcome(tmp_path)
    assert 100 < len(documents) < 500
    assert [d.path for d in documents] == [f"r.jsonl.gz!/{i}" for i in range(len(documents))]
    assert "ends early" in findings[0].message


def test_links_devices_and_permissions(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "s.txt").write_text(STORY)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "linked.txt").symlink_to(tmp_path / "a" / "s.txt")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "shut.txt").write_text(STORY)
    (tmp_path / "shut.txt").chmod(0)
    documents, findings = outcome(tmp_path)
    told = {f.message.split(":")[0]: f.message for f in findings}
    assert "link to a folder" in told["a/loop"]
    assert "no regular file" in told["pipe"]
    assert "link to nothing" in told["gone"]
    assert {"a/s.txt", "linked.txt"} <= {d.path for d in documents}
    if os.geteuid() != 0:
        assert "permissions" in told["shut.txt"]


def test_the_same_bytes_under_the_same_name_are_read_once_and_that_is_said(tmp_path: Path) -> None:
    for folder in ("monday", "tuesday"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "s.txt").write_text(STORY)
    found = list(read([tmp_path / "monday", tmp_path / "tuesday"]))
    assert [type(f) for f in found] == [Document, Finding]
    assert "twice" in found[1].message  # type: ignore[union-attr]
    assert len(outcome(tmp_path)[0]) == 2


def test_order_does_not_depend_on_what_was_given_first(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(STORY)
    forward = list(read([tmp_path / "a.txt", tmp_path / "b.txt"]))
    assert forward == list(read([tmp_path / "b.txt", tmp_path / "a.txt"]))
    assert [d.path for d in outcome(tmp_path)[0]] == ["a.txt", "b.txt", "c/d.txt"]


def test_a_feed_names_the_real_publisher(tmp_path: Path) -> None:
    (tmp_path / "f.xml").write_text(FEED)
    documents, findings = outcome(tmp_path)
    first, second = documents
    assert (first.path, first.publisher, first.headline) == ("f.xml!/tide-1", "The Tide", "Two die")
    assert (first.published, first.published_from) == ("2021-03-04T08:15:00+03:00", "feed published")
    assert "url" in {d.found for d in first.dates}
    assert first.text == f"Two die\n{STORY}\nThe post Two die appeared first on The Tide."
    assert [p.kind for p in first.parts] == ["headline", "boilerplate"]
    assert second.publisher == "Morning Aggregate" and second.text.endswith("said. More")
    assert "summary only" in (second.extractor or "")
    assert "neither content nor summary" in findings[0].message


def test_a_warc_record_knows_where_and_when_it_was_fetched(tmp_path: Path) -> None:
    (tmp_path / "c.warc.gz").write_bytes(warc(packed=True))
    first, second, third = outcome(tmp_path)[0]
    assert (first.url, first.retrieved, first.published) == ("https://tide.example/a", "2021-03-06T10:00:00Z", None)
    assert first.media_type == "text/html" and first.publisher == "tide.example"
    assert second.text == f"{STORY} Encore."
    assert third.media_type == "application/pdf"


def test_a_pdf_is_joined_to_paragraphs_and_its_making_is_not_its_publication(tmp_path: Path) -> None:
    (tmp_path / "p.pdf").write_bytes(
        pdf("Officials of the min-\nistry said that two guards\nhad died.\fPolice came later.")
    )
    (document,) = outcome(tmp_path)[0]
    assert document.text == "Officials of the ministry said that two guards had died.\n\nPolice came later."
    assert (document.headline, document.published) == ("Rockets hit depot", None)
    assert document.dates[0].found == "pdf CreationDate"


def test_a_guessed_encoding_is_noted_on_the_words(tmp_path: Path) -> None:
    (tmp_path / "l.txt").write_bytes(
        "Le ministère a déclaré jeudi que deux gardes étaient morts près d’ici.".encode("cp1252")
    )
    (document,), (note,) = outcome(tmp_path)
    assert note.level == "note" and note.about == (document.id,)
    assert document.text[note.spans[0].start : note.spans[0].end] == "è"


def test_a_record_that_claims_more_than_it_has_is_a_finding(tmp_path: Path) -> None:
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}"
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2021-03-06T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(page) + 500}\r\n\r\n"
    )
    (tmp_path / "c.warc").write_bytes(f"{head}{page}\r\n\r\n".encode())
    documents, (finding,) = outcome(tmp_path)
    assert documents == [] and "bytes that its header announces" in finding.message
