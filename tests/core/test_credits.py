import pytest

from firsthand.core.credits import CARRYING, document_to_crediting
from firsthand.core.records import Document, Mention, Span
from firsthand.mark.credits import document_to_credits

STORY = "Two ferries collided off the mole of Quay on Friday, and nobody was hurt."
SPANISH = "Dos transbordadores chocaron el viernes frente al muelle del puerto, y nadie resultó herido en el accidente."


def page(text: str = STORY, **fields: str) -> Document:
    return Document(id="d", by="test", text=text, **fields)  # type: ignore[arg-type]


def credit(kind: str, name: str) -> Mention:
    return Mention(id=kind, by="test", span=Span("d", 0, 1), kind="credit", value=name, detail={"kind": kind})


@pytest.mark.parametrize("kind", CARRYING)
def test_a_house_credited_is_named(kind: str) -> None:
    found = document_to_crediting(page(), [credit(kind, "Valley Wire"), credit("byline", "Ana Lerm")])
    assert (found.answer, found.houses, found.reason) == ("credited", ("Valley Wire",), kind)


def test_a_byline_and_a_dateline_without_an_agency_credit_nobody() -> None:
    found = document_to_crediting(page(language="en"), [credit("byline", "Ana Lerm"), credit("dateline", "Quay")])
    assert (found.answer, found.houses) == ("nobody found", ())
    assert "all of the text" in found.reason


def test_where_was_looked_is_part_of_the_answer() -> None:
    reason = document_to_crediting(page(STORY * 100), []).reason
    assert "first 1,500 and last 2,500 characters" in reason


def test_an_agencys_own_page_credits_no_other() -> None:
    found = document_to_crediting(page(publisher="Associated Press"), [credit("wire", "AP")])
    assert (found.answer, found.reason) == ("nobody found", "it credits its own house only")


@pytest.mark.parametrize(
    ("document", "credits", "reason"),
    [
        (page(), None, "nobody has looked for credits"),
        (page("* * * 12"), [], "it has no words"),
        (page(SPANISH, language="es"), [], "its language is es, and the rules read en"),
    ],
)
def test_not_examined_is_not_nobody(document: Document, credits: list[Mention] | None, reason: str) -> None:
    found = document_to_crediting(document, credits)
    assert (found.answer, found.reason) == ("not examined", reason)
    assert str(found) == f"not examined: {reason}"


def test_a_credit_found_counts_in_any_language() -> None:
    document = page(f"QUAY (Reuters) - {SPANISH}", language="es")
    assert document_to_crediting(document, document_to_credits(document)).houses == ("Reuters",)
