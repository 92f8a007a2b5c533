"""Make src/firsthand/mark/places/ordinary_words.txt. Development only; nothing of this is in the wheel.

    apt-get download wamerican-small && dpkg-deb -x wamerican-small_*.deb .work/scowl
    python gazetteer/make_ordinary_words.py .work/scowl/usr/share/dict/american-english-small

Lower-case words of SCOWL's small American list (Debian's package wamerican-small 2020.12.07-2; licence in NOTICE) that
are also one-word names in the gazetteer that ships, so run it again when that one changes; and function words, months,
weekdays, titles and agencies' initials, which stand in capitals in wire copy.
"""

from __future__ import annotations

import sqlite3
import sys
import textwrap
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "firsthand"
OUT = SOURCE / "mark" / "places" / "ordinary_words.txt"
ALWAYS = frozenset(
    "a and at but by for from he her his how i if in into it its my no not our she so that the their then these they "
    "this those what when where who why with yes you your january february april june july september october november "
    "december jan feb apr aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mr mrs ms "
    "dr st president minister governor army acan afp ap bbc cia cnn dpa efe eu fbi oas un upi".split()
)


def main(words: Path) -> None:
    database = sqlite3.connect(SOURCE / "data" / "places.sqlite")
    names = {key for (key,) in database.execute("SELECT key FROM name WHERE instr(key, ' ') = 0")}
    ordinary = {w for w in words.read_text(encoding="utf-8").split() if w.isascii() and w.isalpha() and w.islower()}
    listed = sorted((ordinary & names) | ALWAYS)
    OUT.write_text(textwrap.fill(" ".join(listed), 118, break_on_hyphens=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(listed)} words\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
