from firsthand.core.houses import (
    document_to_house,
    document_to_publisher,
    is_same_house,
    label,
    name_to_house,
    names_to_houses,
)
from firsthand.core.records import Document, Mention, Span


def dateline(agency: str | None) -> Mention:
    detail = {"kind": "dateline", "agency": agency}
    return Mention(id="m", by="test", span=Span("d", 0, 9), kind="credit", value=agency or "Quay", detail=detail)


def page(**fields: str) -> Document:
    return Document(id="d", by="test", text="Two ferries collided.", **fields)  # type: ignore[arg-type]


def test_metadata_name_the_house_before_a_dateline_does() -> None:
    assert document_to_house(page(publisher="The Quay Post"), [dateline("Valley Wire")]) == ("The Quay Post", None)
    assert document_to_house(page(), [dateline("Valley Wire")]) == ("Valley Wire", Span("d", 0, 9))
    assert document_to_house(page(), [dateline(None)]) == (None, None)


def test_two_pages_without_a_house_are_not_of_one_house() -> None:
    names = [document_to_publisher(page(path=path), []) for path in ("a.txt", "b.txt")]
    assert names[0][0] != names[1][0]
    assert not any(stated for _, _, stated in names)


def test_a_page_is_called_by_what_it_has() -> None:
    assert label(page(headline="Collision", path="a.txt"), []) == "Collision"
    assert label(page(path="a.txt"), []) == "a.txt"
    assert label(page(), []) == "d"


def test_short_forms_of_great_agencies_are_theirs_everywhere() -> None:
    assert {name_to_house(name) for name in ("AP", "The Associated Press", "associated press")} == {"associated press"}
    assert name_to_house("") == ""


def test_initials_stand_for_one_house_or_for_none() -> None:
    assert names_to_houses(["QMP", "Quay Morning Post"]) == {"QMP": "Quay Morning Post"}
    # Of two houses with these initials neither is meant.
    assert names_to_houses(["QMP", "Quay Morning Post", "Queen Mary Press"]) == {}
    assert not is_same_house("qp", "quay post")
    assert not is_same_house("", "")
