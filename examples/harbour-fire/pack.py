"""Builds the two binary files of the example from the readable ones in sources/; run it after editing those.

    python examples/harbour-fire/pack.py

Same sources, same bytes: record ids are derived from the content, and every date is written down here.
"""

import gzip
import hashlib
import uuid
from pathlib import Path

HERE = Path(__file__).parent
RESPONSES = (  # page in sources/warc, address, time of the capture
    (
        "eastlight-rockets.html",
        "https://eastlight.example/foreign/2018/orlavian-fuel-depot",
        "2018-03-15T02:11:09Z",
    ),
    (
        "ledger-commission.html",
        "https://brannickledger.example/2018/03/17/politics/varn-brill-commission.html",
        "2018-03-18T03:40:51Z",
    ),
    (
        "packet-anniversary.html",
        "https://packet.example/2019/03/14/a-year-after-the-fire/",
        "2019-06-01T12:00:30Z",
    ),
)
WIDTH = 86
"""Characters on a line of the PDF: 451 points of 10.5 point Times hold about 100 of English prose, capitals fewer."""
LINES = 48


def warc_record(kind: str, headers: dict[str, str], body: bytes, when: str) -> bytes:
    """One gzipped WARC/1.0 record."""
    identity = uuid.uuid5(uuid.NAMESPACE_URL, hashlib.sha256(kind.encode() + when.encode() + body).hexdigest())
    lines = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Record-ID: <urn:uuid:{identity}>", f"WARC-Date: {when}"]
    lines += [f"{name}: {value}" for name, value in headers.items()] + [f"Content-Length: {len(body)}"]
    return gzip.compress("\r\n".join(lines).encode() + b"\r\n\r\n" + body + b"\r\n\r\n", mtime=0)


def pages_to_warc() -> bytes:
    """A warcinfo record, and one request and one response for each page."""
    info = b"software: written by hand for the Firsthand example\r\nformat: WARC File Format 1.0\r\n"
    out = warc_record("warcinfo", {"Content-Type": "application/warc-fields"}, info, RESPONSES[0][2])
    for name, url, when in RESPONSES:
        page = (HERE / "sources/warc" / name).read_bytes()
        host, _, path = url.removeprefix("https://").partition("/")
        asked = f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\n\r\n".encode()
        out += warc_record(
            "request",
            {"WARC-Target-URI": url, "Content-Type": "application/http; msgtype=request"},
            asked,
            when,
        )
        head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8"
        got = f"{head}\r\nContent-Length: {len(page)}\r\n\r\n".encode()
        out += warc_record(
            "response",
            {"WARC-Target-URI": url, "Content-Type": "application/http; msgtype=response"},
            got + page,
            when,
        )
    return out


def wrapped(text: str) -> list[str]:
    """Lines of at most WIDTH characters; an empty line between paragraphs."""
    lines: list[str] = []
    for paragraph in text.strip().split("\n"):
        line = ""
        for word in paragraph.split():
            if len(line) + 1 + len(word) > WIDTH:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return lines


def text_to_pdf(text: str) -> bytes:
    """A plain PDF 1.4 with real text in Times, one column, page numbers at the foot."""
    lines = wrapped(text)
    pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
        b"<< /Title (Fire on Kestrel Quay: what can be established) /Author (Open Shores Watch)"
        b" /CreationDate (D:20180426093000Z) /ModDate (D:20180426093000Z) >>",
    ]
    for number, page in enumerate(pages, 1):
        content = b"BT /F1 10.5 Tf 15 TL 72 770 Td\n"
        for line in page:
            escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            content += b"(" + escaped.encode("cp1252") + b") Tj T*\n"
        content += f"ET BT /F1 9 Tf 290 30 Td ({number}) Tj ET".encode()
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            + f" /Contents {len(objects) + 2} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    out, offsets = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, value in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + value + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010d} 00000 n \n" for at in offsets)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + table.encode() + trailer.encode()


if __name__ == "__main__":
    (HERE / "coverage/archive/crawl.warc.gz").write_bytes(pages_to_warc())
    report = (HERE / "sources/open-shores-watch-7.txt").read_text(encoding="utf-8")
    (HERE / "coverage/reports/open-shores-watch-7.pdf").write_bytes(text_to_pdf(report))
