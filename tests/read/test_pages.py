"""HTML pages as sites serve them, invented: what they say of themselves, and their text."""

from __future__ import annotations

import json

from firsthand.core.records import Document
from firsthand.read import Known, ReadOptions, Source, source_to_documents

BODY = """
<p>VARDA, March 4 (Meridian News Agency) — Three rockets hit a fuel depot near the town of Varda on Thursday,
killing two guards, the interior ministry said.</p>
<p>A spokesman for the militia denied responsibility. “We had no forces in the area,” he said from the capital.</p>
<div class="ad"><a href="/buy">Buy tyres</a></div>
<p>Police said the launchers were found in an abandoned truck 12 kilometers from the depot, by a shepherd.</p>
<p>(Reporting by Petra Novak in Varda; Editing by Omar Dane)</p>
"""


def page(*, head: str = "", top: str = "", body: str = BODY, end: str = "") -> str:
    return f"""<!DOCTYPE html><html lang="en"><head>{head}</head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article>{top}{body}{end}</article><footer><a href="/terms">Terms</a></footer></body></html>"""


def read_page(html: str, known: Known | None = None, options: ReadOptions | None = None) -> Document:
    source = Source(id="d1", path="p.html", kind="html", data=html.encode(), sha256="0", known=known or Known(url=None))
    documents = list(source_to_documents(source, options=options or ReadOptions()))
    assert isinstance(documents[0], Document), documents
    return documents[0]


def parts(document: Document) -> list[tuple[str, str]]:
    return [(p.kind, document.text[p.start : p.end]) for p in document.parts]


def test_a_page_with_all_its_metadata() -> None:
    article = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Harbor Ledger site"},
            {"@type": ["NewsArticle"], "headline": "Another story", "datePublished": "2020-01-01"},
            {
                "@type": "NewsArticle",
                "headline": "Rockets hit depot near Varda",
                "datePublished": "2021-03-04T08:15:00+03:00",
                "dateModified": "2021-03-05T10:00:00+03:00",
                "author": [{"@type": "Person", "name": "Ana Lindqvist"}, {"name": "Omar Dane"}],
                "publisher": {"@type": "Organization", "name": "The Harbor Ledger"},
            },
        ],
    }
    head = f"""<title>Rockets hit depot near Varda | World | The Harbor Ledger</title>
<meta property="og:title" content="Rockets hit depot near Varda | The Harbor Ledger">
<meta property="og:site_name" content="Ledger">
<meta property="article:published_time" content="2021-03-04T05:15:00Z">
<link rel="canonical" href="https://www.harborledger.example/world/2021/03/04/rockets">
<script type="application/ld+json">{json.dumps(article)}</script>"""
    top = """<h1>Rockets hit depot near Varda</h1><p class="byline">By Ana Lindqvist and Omar Dane</p>
<time datetime="2021-03-04T08:15:00+03:00">4 March 2021</time>"""
    document = read_page(page(head=head, top=top))
    assert document.headline == "Rockets hit depot near Varda"
    assert document.byline == "Ana Lindqvist, Omar Dane"
    assert document.publisher == "The Harbor Ledger"
    assert document.url == "https://www.harborledger.example/world/2021/03/04/rockets"
    assert (document.published, document.published_from) == ("2021-03-04T08:15:00+03:00", "json-ld datePublished")
    assert document.modified == "2021-03-05T10:00:00+03:00"
    assert document.language == "en"
    assert {d.found for d in document.dates} == {
        "json-ld datePublished", "json-ld dateModified", "meta article:published_time", "time datetime", "url",
    }  # fmt: skip
    assert parts(document) == [
        ("headline", "Rockets hit depot near Varda"),
        ("byline", "By Ana Lindqvist and Omar Dane"),
        ("credit", "(Reporting by Petra Novak in Varda; Editing by Omar Dane)"),
    ]
    assert "VARDA, March 4 (Meridian News Agency) — Three" in document.text
    assert "Buy tyres" not in document.text and "Terms" not in document.text


def test_a_page_without_metadata() -> None:
    head = "<title>Rockets hit depot near Varda - The Tide</title>"
    top = "<h2>Rockets hit depot near Varda</h2><span class='post-date'>March 5, 2021 9:30 am</span>"
    document = read_page(page(head=head, top=top))
    assert (document.headline, document.publisher) == ("Rockets hit depot near Varda", "The Tide")
    assert (document.published, document.published_from) == ("2021-03-05T09:30:00", "visible line")
    assert document.byline is None


def test_the_domain_is_the_last_resort_for_the_publisher() -> None:
    document = read_page(page(head="<title>Rockets hit depot</title>"), Known(url="https://www.tide.example/a"))
    assert document.publisher == "tide.example"
    assert read_page(page()).publisher is None


def test_a_date_of_an_update_is_not_one_of_publication() -> None:
    document = read_page(page(top="<h1>No evidence</h1><div class='date'>Last updated: 05 March 2021, 10:20 UTC</div>"))
    assert (document.published, document.modified) == (None, "2021-03-05T10:20:00Z")


def test_a_page_that_wraps_anothers_piece() -> None:
    top = """<h1>Rockets and Questions (Video)</h1>
<p>The Tide’s Rolf Amsel and Mira Cole discuss what the ministry said about the rockets, and what it left out.</p>
<p><strong>Support Independent Media:</strong><br>Subscribe to The Tide on YouTube – find us on Telegram.</p>
<p><em>“Who Fired at Varda?” authored by Ana Lindqvist, via The Harbor Ledger…</em></p>"""
    end = """<p>Ana Lindqvist is a freelance journalist based in Varda.</p>
<p>The post <a href="/x">Rockets and Questions (Video)</a> appeared first on <a href="/">The Tide</a>.</p>"""
    document = read_page(page(head="<title>Rockets and Questions (Video)</title>", top=top, end=end))
    assert (document.publisher, document.byline) == ("The Tide", "Ana Lindqvist")
    assert [kind for kind, _ in parts(document)] == [
        "headline", "wrapper", "boilerplate", "credit", "credit", "bio", "boilerplate",
    ]  # fmt: skip


def test_the_known_address_and_fetch_time_of_an_archive() -> None:
    known = Known(url="https://tide.example/a", retrieved="2021-03-06T00:00:00Z")
    document = read_page(page(), known)
    assert (document.url, document.retrieved) == ("https://tide.example/a", "2021-03-06T00:00:00Z")
    assert document.published is None


def test_a_page_saved_by_a_browser_says_where_from() -> None:
    html = page().replace("<html", "<!-- saved from url=(0026)https://tide.example/story --><html", 1)
    assert read_page(html).url == "https://tide.example/story"


def test_a_title_that_is_a_script_is_words() -> None:
    document = read_page(page(head="<title><script>alert(1)</script></title>"))
    assert document.headline == "<script>alert(1)</script>"


def test_what_cannot_be_taken_apart_is_kept_whole_and_the_extractor_says_so() -> None:
    deep = read_page(page(body="<div>" * 5_000 + "Two guards died near Varda on Thursday." + "</div>" * 5_000))
    assert "nested too deep" in (deep.extractor or "")
    assert "Two guards died near Varda on Thursday." in deep.text
    wide = read_page(page(), options=ReadOptions(max_elements=5))
    assert "more than 5 elements" in (wide.extractor or "")
    assert "Three rockets hit" in wide.text
    usual = read_page(page())
    assert (usual.extractor or "").startswith("pages@1 trafilatura/")


def test_broken_metadata_does_no_harm() -> None:
    head = """<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": 7</script>
<script type="application/ld+json">[[[[{"@type": {"a": 1}, "publisher": [null, 3]}]]]]</script>
<meta property="article:published_time" content="yesterday"><link rel="canonical" href="http://[bad">"""
    document = read_page(page(head=head))
    assert (document.published, document.publisher, document.byline) == (None, None, None)
