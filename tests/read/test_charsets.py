from __future__ import annotations

import pytest

from firsthand.read.charsets import bytes_to_text

OLD = {
    "cp1252": "Le ministère a déclaré jeudi que deux gardes étaient morts près d’ici, où une enquête est ouverte.",
    "cp1251": "Министерство заявило в четверг, что два охранника погибли недалеко от города. Их видели.",
    "cp1253": "Το υπουργείο ανακοίνωσε την Πέμπτη ότι δύο φύλακες σκοτώθηκαν κοντά στην πόλη.",
    "cp1256": "أعلنت الوزارة يوم الخميس أن حارسين قتلا قرب المدينة، وقال شهود إنهم رأوا أربعة رجال يغادرون المكان.",
    "shift_jis": "内務省は木曜日、町の近くで警備員二人が死亡したと発表した。目撃者は四人の男を見たと語った。",
    "gb18030": "内政部星期四表示，两名警卫在城镇附近丧生。目击者说，他们看到四名男子离开现场，向北走去。",
}


@pytest.mark.parametrize("encoding", OLD)
def test_a_declared_encoding_is_used_and_needs_no_note(encoding: str) -> None:
    assert bytes_to_text(OLD[encoding].encode(encoding), declared=encoding) == (OLD[encoding], None)
    page = f'<meta charset="{encoding}">{OLD[encoding]}'
    assert bytes_to_text(page.encode(encoding), markup=True) == (page, None)


@pytest.mark.parametrize("encoding", OLD)
def test_an_encoding_that_is_not_declared_is_guessed_with_a_note_never_taken_for_utf8(encoding: str) -> None:
    _, note = bytes_to_text((OLD[encoding] * 3).encode(encoding))
    assert note is not None and "guess" in note


def test_latin_letters_are_guessed_right() -> None:
    assert bytes_to_text(OLD["cp1252"].encode("cp1252"))[0] == OLD["cp1252"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_needs_no_declaration(encoding: str) -> None:
    assert bytes_to_text("Two guards died.".encode(encoding)) == ("Two guards died.", None)


def test_valid_utf8_beats_a_wrong_declaration() -> None:
    assert bytes_to_text("près".encode(), declared="latin-1") == ("près", None)


def test_damaged_utf8_stays_utf8_and_says_so() -> None:
    text, note = bytes_to_text("Le ministère a déclaré".encode() + b" \xff fin")
    assert text == "Le ministère a déclaré \ufffd fin"
    assert note is not None and "1 invalid" in note


@pytest.mark.parametrize("name", ["no-such-thing", "base64", "utf-8", "\x00", "idna"])
def test_a_declaration_that_is_no_encoding_of_text_is_passed_over(name: str) -> None:
    assert bytes_to_text(b"caf\xe9 pr\xe8s d'ici", declared=name)[1] is not None


def test_nul_and_direction_marks_keep_their_place() -> None:
    assert bytes_to_text("a\x00b \u202ec\u202c".encode())[0] == "a\ufffdb \u202ec\u202c"
