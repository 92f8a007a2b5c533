from firsthand.trace import copies_to_origins, copies_to_rows, trace
from stories import document, story


def test_origins_follow_whole_copies_and_not_excerpts() -> None:
    text = story(1, paragraphs=8)
    edited = [p.replace(p.split()[3], "harbourward", 1).replace(p.split()[9], "moreover", 1) for p in text]
    pile = [
        document("host", [*story(2), text[3]], "2021-05-04"),
        document("c", edited[:5], "2021-05-03"),
        document("b", edited, "2021-05-02"),
        document("a", text, "2021-05-01"),
        document("lonely", story(3)),
    ]
    copies = trace(pile)
    assert copies_to_origins(pile, copies) == {"host": "host", "c": "a", "b": "a", "a": "a", "lonely": "lonely"}
    rows = {row["id"]: row for row in copies_to_rows(pile, copies)}
    assert list(rows) == ["host", "c", "b", "a", "lonely"]
    assert (rows["c"]["copied_from"], rows["host"]["copied_from"], rows["host"]["kind"]) == ("b", "a", "excerpt")
    assert rows["lonely"] == {
        "id": "lonely", "origin": "lonely", "copied_from": None, "kind": None, "similarity": 0.0, "spans": [],
        "credit": {"answer": "not examined", "houses": [], "reason": "nobody has looked for credits"},
    }  # fmt: skip
    looked = copies_to_rows(pile, copies, credits={"lonely": []})
    assert [row["credit"]["answer"] for row in looked] == ["not examined"] * 4 + ["nobody found"]
    start, end, of_start, of_end = rows["host"]["spans"][0]
    assert pile[0].text[start:end] == pile[3].text[of_start:of_end]
