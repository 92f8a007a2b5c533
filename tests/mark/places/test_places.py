from __future__ import annotations

from collections.abc import Iterator

import pytest

from brackets import document as document_of
from brackets import encoding, read_brackets
from firsthand.core.places import Place
from firsthand.core.records import Document, Mention
from firsthand.gazetteers import GazetteerStack, SiteGazetteer, open_gazetteer
from firsthand.mark.credits import document_to_credits
from firsthand.mark.places.places import document_to_places


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[GazetteerStack]:
    with open_gazetteer() as stack:
        yield stack


def mark(text: str, gazetteer: GazetteerStack) -> list[Mention]:
    document = Document(id="d", by="test", text=text)
    return document_to_places(document, encoding=None, gazetteer=gazetteer, credits=document_to_credits(document))


def paths(text: str, gazetteer: GazetteerStack) -> dict[str, list[str]]:
    return {text[m.span.start : m.span.end]: m.detail.get("path", []) for m in mark(text, gazetteer)}


@pytest.mark.parametrize(
    ("text", "name", "path"),
    [
        ("The council in Paris, Texas, met on Monday.", "Paris", ["United States", "Texas"]),
        ("The mayor of Long Beach, California, spoke.", "Long Beach", ["United States", "California"]),
        ("Police in Cairo, Ill., arrested him.", "Cairo", ["United States", "Illinois"]),
        ("He flew from Tbilisi to Moscow after the war in Georgia, Armenia said.", "Georgia", ["Georgia"]),
        ("Deputies from Athens and Savannah met in Atlanta, in Georgia.", "Georgia", ["United States", "Georgia"]),
        ("SAN SALVADOR, 16 NOV 89 -- TROOPS ENTERED THE CITY OF SANTA ANA.", "SANTA ANA", ["El Salvador", "Santa Ana"]),
        ("Troops from Guatemala and Honduras met in Guatemala.", "Guatemala", ["Guatemala"]),
        ("A strike near al Qaim, in the west of Iraq, killed two.", "al Qaim", ["Iraq", "Anbar"]),
    ],
)
def test_what_the_document_is_about_decides(text: str, name: str, path: list[str], gazetteer: GazetteerStack) -> None:
    found = paths(text, gazetteer)[name]
    assert found[: len(path)] == path
    assert len(path) > 1 or found == path


def test_two_namesakes_that_the_text_tells_apart(gazetteer: GazetteerStack) -> None:
    text = "They moved from Paris, Texas, to Paris, France."
    assert [m.detail["path"][0] for m in mark(text, gazetteer) if m.detail["name"] == "Paris"] == [
        "United States",
        "France",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton spoke to Mr. Lebanon.",
        "The Iraqi, Syrian and American officers left.",
        "Reading the report, Sandy said nothing of it.",
        "The Washington Post and the Boston Globe were first.",
    ],
)
def test_people_nationalities_words_and_papers_are_no_places(text: str, gazetteer: GazetteerStack) -> None:
    assert paths(text, gazetteer) == {}


def test_a_site_goes_by_the_town_named_with_it(gazetteer: GazetteerStack) -> None:
    text = "Rockets hit the K1 Iraqi base near Kirkuk. Troops left the Kirkuk refinery."
    sites = {text[m.span.start : m.span.end]: m for m in mark(text, gazetteer) if m.kind == "facility"}
    assert set(sites) == {"K1 Iraqi base", "Kirkuk refinery"}
    for site in sites.values():
        assert (site.value, site.detail["precision"]) == ("geonames:94787", "near")
        assert "not in the gazetteer" in site.detail["reason"]


def test_a_site_in_capitals_and_a_name_wrapped_over_two_lines(gazetteer: GazetteerStack) -> None:
    text = "REBELS FIRED AT THE SOYAPANGO REFINERY IN EL\n   SALVADOR ON MONDAY."
    found = {" ".join(text[m.span.start : m.span.end].split()): m.kind for m in mark(text, gazetteer)}
    assert found == {"SOYAPANGO": "place", "SOYAPANGO REFINERY": "facility", "EL SALVADOR": "place"}


def test_a_site_that_the_gazetteer_has_is_itself(gazetteer: GazetteerStack) -> None:
    (site,) = [m for m in mark("It fell near the Baghdad Airport.", gazetteer) if m.kind == "facility"]
    assert (site.value, site.detail["precision"]) == ("airport:ORBI", "site")


def test_a_users_site_wins_over_its_namesakes(gazetteer: GazetteerStack) -> None:
    own = Place(id="user:mine:1", name="Springfield", lat=1.0, lon=2.0, precision="site", path=("Springfield",))
    stack = GazetteerStack([SiteGazetteer("mine", [own]), gazetteer])
    (mention,) = mark("They met in Springfield on Monday.", stack)
    assert mention.value == "user:mine:1"
    assert "user's own" in mention.detail["reason"]


def test_a_container_named_in_the_text_wins_over_size(gazetteer: GazetteerStack) -> None:
    (town, state) = mark("The shop stands in London, Ohio.", gazetteer)
    assert town.detail["path"][:2] == ["United States", "Ohio"] == state.detail["path"]


def test_not_in_the_gazetteer_says_so(gazetteer: GazetteerStack) -> None:
    mention, state = mark("He was born in Zzyxhaven, Ohio, and stayed.", gazetteer)
    assert (mention.detail["precision"], mention.value) == ("near", state.value)
    assert mention.detail["reason"].startswith("not in the gazetteer; placed by Ohio")


def test_every_resolution_says_why(gazetteer: GazetteerStack) -> None:
    for mention in mark("From Springfield, Ohio, he went to London and Zzyx Creek.", gazetteer):
        assert mention.detail["reason"]
        assert (mention.lat is None) == (mention.value is None)


def test_agencies_in_datelines_are_no_places(gazetteer: GazetteerStack) -> None:
    text = "   SAN SALVADOR, 10 JAN 90 (ACAN-EFE) -- [TEXT] THE PRESIDENT SPOKE IN SAN SALVADOR."
    assert set(paths(text, gazetteer)) == {"SAN SALVADOR"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "(" * 2_000,
        "A" * 200_000,
        "Paris " * 2_000,
        "Paris, " * 2_000,
        "SAN " * 2_000,
        "Saint-" * 2_000,
        "al " * 2_000,
        "U.S." * 2_000,
        "K1 base near " * 2_000,
        "\ud83d\ude00 Zürich’s’s " * 2_000,
    ],
)
def test_hostile_text_is_read_to_its_end(text: str, gazetteer: GazetteerStack) -> None:
    for mention in mark(text, gazetteer):
        assert 0 <= mention.span.start < mention.span.end <= len(text)


def test_thousands_of_names_in_one_paragraph(gazetteer: GazetteerStack) -> None:
    names = ["Paris", "London", "Springfield", "San Jose", "Kirkuk", "Ohio", "Basra"]
    text = "in " + ", ".join(f"{names[n % 7]} {'North' if n % 3 else ''}{n}" for n in range(3_000))
    assert len(mark(text, gazetteer)) > 500


def test_the_encoder_adds_names_and_takes_doubtful_ones_away(gazetteer: GazetteerStack) -> None:
    marked = read_brackets(
        "[Hawrabad]{toponym} fell. In [Syria]{toponym} they met Reading, a [Russian]{toponym} officer, in Basra."
    )
    mentions = document_to_places(document_of(marked.text), encoding=encoding(marked), gazetteer=gazetteer)
    printed = {marked.text[m.span.start : m.span.end]: m.value for m in mentions}
    assert set(printed) <= {"Hawrabad", "Syria", "Basra"}
    assert printed["Hawrabad"] is None
    assert printed["Syria"] == "geonames:163843"


SUBURBS = (
    "SAN SALVADOR, 19 NOV 89 -- SHELLS FELL ON MEJICANOS, CUSCATANCINGO, SAN JACINTO AND SOYAPANGO. PEOPLE FLED FROM "
    "THE SAN ROQUE SHELTER. IN THE NORTHERN AREA ALL IS QUIET. TWO GERMANS LEFT FOR CENTRAL AMERICA'S BORDER."
)


def test_a_name_at_home_is_not_lost_on_a_lesser_town_abroad(gazetteer: GazetteerStack) -> None:
    found = {SUBURBS[m.span.start : m.span.end]: m for m in mark(SUBURBS, gazetteer)}
    assert found["SAN JACINTO"].value is None
    assert found["SAN JACINTO"].detail["reason"].endswith("outside El Salvador, where the text plays")
    assert found["MEJICANOS"].detail["country"] == "SV"
    assert "NORTHERN" not in found and "GERMANS" not in found
    assert found["CENTRAL AMERICA"].detail["precision"] == "region"


def test_a_neighbourhood_lies_in_the_town_of_the_text(gazetteer: GazetteerStack) -> None:
    text = SUBURBS.replace("AND SOYAPANGO.", "AND SOYAPANGO NEIGHBORHOODS.")
    (found,) = (m for m in mark(text, gazetteer) if text[m.span.start : m.span.end] == "SAN JACINTO")
    assert (found.detail["precision"], found.detail["path"][:2]) == ("near", ["El Salvador", "San Salvador"])
    assert found.detail["reason"].startswith("not in the gazetteer; placed by San Salvador")


@pytest.mark.parametrize("name", ["Gulf of Mexico", "Nile", "Himalayas", "Strait of Hormuz"])
def test_seas_rivers_and_ranges(name: str, gazetteer: GazetteerStack) -> None:
    text = f"All was calm on the {name}, Brennick said."
    assert name in paths(text, gazetteer)


def test_what_the_encoder_cannot_outweigh(gazetteer: GazetteerStack) -> None:
    marked = read_brackets("Mr. [London]{toponym} told The [Boston]{toponym} Globe that [Basra]{toponym} was quiet.")
    mentions = document_to_places(document_of(marked.text), encoding=encoding(marked), gazetteer=gazetteer)
    assert [marked.text[m.span.start : m.span.end] for m in mentions] == ["Basra"]


def test_a_site_is_placed_by_its_own_preposition_only(gazetteer: GazetteerStack) -> None:
    text = "Shells fell near the Zzyx Embassy and a consulate in Basra. They hit the K9 base near Kirkuk."
    assert [text[m.span.start : m.span.end] for m in mark(text, gazetteer) if m.kind == "facility"] == ["K9 base"]


def test_a_town_with_neighbourhoods_is_itself(gazetteer: GazetteerStack) -> None:
    text = (
        "SANTIAGO, 2 DEC 89 (AFP) -- THE BISHOP OF SANTIAGO AND A DEPUTY FROM VALPARAISO SPOKE OF A SAN SALVADOR "
        "NEIGHBORHOOD. TROOPS WERE IN SAN SALVADOR. CHILE AND CONCEPCION ARE QUIET."
    )
    found = [m.detail["path"] for m in mark(text, gazetteer) if m.detail["name"] == "San Salvador"]
    assert [path[0] for path in found] == ["El Salvador", "El Salvador"]


def test_an_alias_of_a_city_elsewhere_is_not_its_own_name(gazetteer: GazetteerStack) -> None:
    text = "SAN SALVADOR, 2 DEC 89 -- IN THE UNITED STATES THEY SAID THAT TROOPS ARE IN SAN MIGUEL."
    assert paths(text, gazetteer)["SAN MIGUEL"][0] == "El Salvador"


@pytest.mark.parametrize("text", ["ALL IS QUIET IN THE WESTERN AREA.", "THE SAN BRENNICKAN COURT MET."])
def test_no_place_in_these(text: str, gazetteer: GazetteerStack) -> None:
    assert mark(text, gazetteer) == []
