from __future__ import annotations

import pytest

from firsthand.read.languages import text_to_language

SENTENCES = {
    "en": "The ministry said on Thursday that two guards had died near the town when three rockets hit a depot.",
    "fr": "Le ministère a déclaré jeudi que deux gardes étaient morts près de la ville, où une enquête est ouverte.",
    "es": "El ministerio informó el jueves de que dos guardias habían muerto cerca de la ciudad tras el ataque.",
    "de": "Das Ministerium teilte am Donnerstag mit, dass zwei Wachleute nahe der Stadt getötet worden seien.",
    "ru": "Министерство заявило в четверг, что два охранника погибли недалеко от города при обстреле склада.",
    "uk": "Міністерство заявило у четвер, що двоє охоронців загинули поблизу міста під час обстрілу складу.",
    "ar": "أعلنت الوزارة يوم الخميس أن حارسين قتلا قرب المدينة بعد سقوط ثلاثة صواريخ على مستودع للوقود.",
    "fa": "وزارت کشور روز پنجشنبه اعلام کرد که دو نگهبان در نزدیکی شهر کشته شده‌اند و تحقیقات آغاز شده است.",
    "tr": "Bakanlık perşembe günü yaptığı açıklamada iki korumanın kasaba yakınlarında öldüğünü bildirdi.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_one_sentence_is_enough(code: str) -> None:
    assert text_to_language(SENTENCES[code], declared="xx") == code


def test_capitals_are_read_like_small_letters() -> None:
    assert text_to_language(SENTENCES["es"].upper()) == "es"


def test_too_little_text_leaves_it_open() -> None:
    assert text_to_language("Varda, K1, 12.03.") is None
