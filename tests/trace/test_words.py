import pytest

from firsthand.trace.words import texts_to_words


def shown(text: str) -> list[str]:
    words = texts_to_words([text])
    return [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The ﬁre doesn’t stop", "the fire DOESN'T stop"),
        ("Straße, naïve", "strasse — naive"),
        ("co\u00adoperate e\u0301lan", "cooperate élan"),
    ],
)
def test_spellings_of_a_word_meet(left: str, right: str) -> None:
    assert texts_to_words([left]).hashes.tolist() == texts_to_words([right]).hashes.tolist()


def test_offsets_point_into_the_text_as_it_is() -> None:
    assert shown("“Éte\u0301”—the ﬁre,  1,5 北京!") == ["Éte\u0301", "the", "ﬁre", "1", "5", "北", "京"]


def test_words_do_not_depend_on_the_rest_of_the_batch() -> None:
    texts = ['He said: "Go', "", 'now." ﬁn', "x"]
    together = texts_to_words(texts)
    for k, text in enumerate(texts):
        alone = texts_to_words([text])
        part = slice(together.first[k], together.first[k + 1])
        for name in ("hashes", "starts", "ends", "quoted", "breaks"):
            assert getattr(together, name)[part].tolist() == getattr(alone, name).tolist()


def test_quotation_marks_of_all_sorts_open_and_close() -> None:
    text = """He said "one two" three. “Four five.”\n\n«Six» seven "eight\n\nnine ''ten.'' eleven"""
    words = texts_to_words([text])
    quoted = {w for w, q in zip(shown(text), words.quoted, strict=True) if q}
    assert quoted == {"one", "two", "Four", "five", "Six", "eight", "ten"}


def test_holes_are_left_out() -> None:
    words = texts_to_words(["Share this. Two died."], holes=[[(0, 11)]])
    assert words.starts.tolist() == [12, 16]
    assert words.breaks.tolist() == [True, False]


@pytest.mark.parametrize("hostile", ["(" * 10**6, "7" * 10**6, '"' * 10**6, "spam " * 200_000, "\ud800\x00", ""])
def test_hostile_text_is_only_text(hostile: str) -> None:
    assert len(texts_to_words([hostile]).first) == 2
