"""A made-up GeoNames dump of the real one's shape, to measure `firsthand gazetteer` with.

    python gazetteer/make_dump.py 12000000 .work/gazetteer/allCountries.zip

Twelve million rows of 19 columns, some 130 bytes each as in the real dump: a fifth of the names are held in common by
many places, half have alternate names (every tenth of these in another script), and the rows come country by
country with first- and second-order areas above them. Nothing in it is true.
"""

from __future__ import annotations

import random
import sys
import zipfile
from pathlib import Path

SEED = 1
BLOCK, IN_COUNTRY = 588_000, 49_000
"""Rows made at a time, and rows of one country."""
SYLLABLES = "ba ca da fa ga ha ka la ma na pa ra sa ta va za be de le me ne re se te bi di li mi ni ri si ti bo co " \
            "do lo mo no ro so to bu du lu mu nu ru su tu an en in on un al el il ol ar er or".split()  # fmt: skip
KINDS = "Creek Lake Hill River Farm Church School Mountain Point Bay Cemetery Park Valley Spring Island Mine".split()
FEATURES = [("P", "PPL", 42), ("H", "STM", 19), ("S", "SCH", 19), ("T", "HLL", 14), ("L", "PRK", 4), ("R", "RD", 2)]
COUNTRIES = [a + b for a in "ABCDEFGHIJKLM" for b in "ABCDEFGHIJKLMNOPQRS"]
SCRIPTS = [[chr(0x627 + n) for n in range(24)], [chr(0x4E00 + n) for n in range(2000)],
           [chr(0x430 + n) for n in range(32)]]  # fmt: skip


def main(count: int, out: Path) -> None:
    draw = random.Random(SEED)
    rows = block(draw)
    heads = "\n".join(head for head, _ in rows)
    letters = list("abcdefghijklmnopqrstuvwxyz")
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("allCountries.txt", "w", force_zip64=True) as file,
    ):
        for first in range(0, count, BLOCK):
            spelt = str.maketrans("abcdefghijklmnopqrstuvwxyz", "".join(letters))
            lines = [
                f"{first + n}\t{head}\t{COUNTRIES[(first + n) // IN_COUNTRY % len(COUNTRIES)]}\t{tail}"
                for n, (head, (_, tail)) in enumerate(zip(heads.translate(spelt).split("\n"), rows, strict=True), 1)
            ]
            file.write("".join(lines[: count - first]).encode())
            draw.shuffle(letters)
    sys.stdout.write(f"{count:,} rows, {out.stat().st_size / 1e6:.0f} MB zipped\n")


def block(draw: random.Random) -> list[tuple[str, str]]:
    """Rows in two halves, without number and country; in each block the letters of the names stand for others."""
    stems = ["".join(draw.choices(SYLLABLES, k=draw.choice((2, 3, 3, 4)))).capitalize() for _ in range(200_000)]
    common = [f"{a} {b}" for a in ("San", "Santa", "New", "Old", "Upper") for b in stems[:300]] + stems[:3000]
    kinds = [(cls, code) for cls, code, weight in FEATURES for _ in range(weight)]
    rows = []
    for n in range(1, BLOCK + 1):
        inside = n % IN_COUNTRY
        admin1, admin2 = f"{inside % 20:02d}", f"{inside % 400:03d}"
        cls, code = draw.choice(kinds)
        population = int(draw.paretovariate(0.9) * 100) if cls == "P" and n % 4 == 0 else 0
        if inside == 0:
            cls, code, admin1, admin2 = "A", "PCLI", "00", ""
        elif inside <= 20:
            cls, code, admin2 = "A", "ADM1", ""
        elif inside <= 420:
            cls, code = "A", "ADM2"
        sort = draw.random()
        if sort < 0.2:
            name = draw.choice(common)
        elif sort < 0.6:
            name = f"{draw.choice(stems)} {draw.choice(KINDS)}"
        else:
            name = draw.choice(stems) if sort < 0.8 else f"{draw.choice(stems)} {draw.choice(stems)}"
        others = [draw.choice(stems) + draw.choice(SYLLABLES) for _ in range(draw.choice((0, 0, 0, 0, 1, 2, 3, 12)))]
        if draw.random() < 0.05:
            others.append("".join(draw.choices(draw.choice(SCRIPTS), k=6)))
        lat, lon = f"{draw.uniform(-60, 75):.5f}", f"{draw.uniform(-180, 180):.5f}"
        rows.append(
            (
                f"{name}\t{name}\t{','.join(others)}\t{lat}\t{lon}\t{cls}\t{code}",
                f"\t{admin1}\t{admin2}\t\t\t{min(population, 30_000_000)}\t\t120\tEtc/UTC\t2026-01-01\n",
            )
        )
    return rows


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
