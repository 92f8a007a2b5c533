from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from firsthand.core.errors import BadGazetteerError
from firsthand.core.places import distance_km
from firsthand.gazetteers import (
    GazetteerStack,
    IndexedGazetteer,
    SiteGazetteer,
    import_geonames,
    open_gazetteer,
    read_sites,
)


def csv_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sites.csv"
    path.write_text(text, encoding="utf-8")
    return path


def geonames_row(ref: int, name: str, lat: float, lon: float, *, feature: str = "P.PPL", country: str = "IQ",
                 admin1: str = "", population: int = 0, others: str = "") -> str:  # fmt: skip
    kind, code = feature.split(".")
    fields = [str(ref), name, name, others, str(lat), str(lon), kind, code, country, "", admin1, "", "", "",
              str(population), "", "", "Asia/Baghdad", "2026-01-01"]  # fmt: skip
    return "\t".join(fields) + "\n"


DUMP = (
    geonames_row(1, "Republic of Exampla", 33, 44, feature="A.PCLI", population=10_000_000)
    + geonames_row(2, "North Exampla", 36, 44, feature="A.ADM1", admin1="07", population=1_000_000)
    + geonames_row(3, "Tel Example", 36.4, 42.4, admin1="07", population=2_000, others="Tall Example,تل")
    + geonames_row(4, "Tel Example", 31.0, 47.0, admin1="", population=9_000)
)


@pytest.mark.parametrize(
    ("name", "ref", "country"),
    [
        ("al-Qaim", "geonames:92138", "IQ"),
        ("AL  QAIM", "geonames:92138", "IQ"),
        ("Qa'im", "geonames:92138", "IQ"),
        ("دمشق", "geonames:170654", "SY"),
        ("Gulf of Tonkin", "own:gulf-of-tonkin", None),
        ("Ivory Coast", "geonames:2287781", "CI"),
    ],
)
def test_the_shipped_gazetteer_knows_spellings(name: str, ref: str, country: str | None) -> None:
    with open_gazetteer() as gazetteer:
        assert (ref, country) in {(place.id, place.country) for place in gazetteer.candidates(name)}


def test_paths_run_from_the_country_to_the_place() -> None:
    with open_gazetteer() as gazetteer:
        department, *_ = gazetteer.candidates("San Miguel Department")
        assert department.path == ("El Salvador", "San Miguel")
        assert department.precision == "region"
        towns = [
            p for p in gazetteer.candidates("San Miguel") if p.path[:2] == department.path and p.precision == "town"
        ]
        assert [p.path for p in towns] == [("El Salvador", "San Miguel", "San Miguel")]
        assert all(distance_km(department, town) <= department.extent_km for town in towns)


def test_each_country_has_at_most_one_capital() -> None:
    with open_gazetteer() as gazetteer:
        capitals = [p for p in gazetteer.candidates("Washington") if p.feature == "PPLC"]
        assert [p.path[1] for p in capitals] == ["District of Columbia"]


@pytest.mark.parametrize(
    ("words", "length"),
    [(["San", "Salvador", "said"], 2), (["Deir", "ez", "Zor"], 3), (["Zzyx"], 0), ([], 0), (["", "Paris"], 0)],
)
def test_longest_name(words: list[str], length: int) -> None:
    with open_gazetteer() as gazetteer:
        assert gazetteer.longest(words) == length


def test_users_sites_come_first_and_keep_their_columns(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        "Name,LAT,lon,alternate_names,country,path,precision,extent_km,mine\n"
        "Camp Nadir,35.5,44.3,Nadir Base|Firebase Nadir,iq,Iraq|Kirkuk,site,2,x\n"
        "Kirkuk,35.0,44.0,,IQ,,town,,y\n",
    )
    with open_gazetteer([path]) as gazetteer:
        (camp,) = gazetteer.candidates("FIREBASE NADIR")
        assert (camp.id, camp.country, camp.path, camp.extent_km) == (
            "user:sites:1", "IQ", ("Iraq", "Kirkuk", "Camp Nadir"), 2.0)  # fmt: skip
        assert [p.id for p in gazetteer.candidates("Kirkuk")][:2] == ["user:sites:2", "geonames:98410"]
        assert gazetteer.longest(["Firebase", "Nadir", "was"]) == 2
        with open_gazetteer() as bare:
            assert gazetteer.identity != bare.identity
            assert gazetteer.identity.endswith(bare.identity)


def test_bad_rows_are_all_listed_with_line_and_remedy(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        "id,name,lat,lon,precision,country\n"
        "1,Good,1,2,,\n"
        '2,"Two\nlines",95,2,,\n'
        "3,,1,2,,\n"
        '4,Comma,"35,5",2,,\n'
        "5,Odd,1,2,exact,\n"
        "1,Again,1,2,,\n"
        "7,Land,1,2,,Iraq\n"
        "8,Short\n"
        "9,Nan,nan,2,,\n",
    )
    with pytest.raises(BadGazetteerError) as error:
        read_sites(path)
    lines = str(error.value).splitlines()
    assert [line.split(":")[1] for line in lines] == ["4", "5", "6", "7", "8", "9", "10", "11"]
    assert "swapped" in lines[0] and "with a point" in lines[2] and "line 2" in lines[4]


@pytest.mark.parametrize("text", ["", "name;lat;lon\nA;1;2\n", "place,latitude\nA,1\n"])
def test_wrong_headers_say_what_was_found(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadGazetteerError, match=r"sites.csv:1: no column .*lon"):
        read_sites(csv_file(tmp_path, text))


def test_files_that_are_no_gazetteer(tmp_path: Path) -> None:
    with pytest.raises(BadGazetteerError, match="no such file"):
        open_gazetteer([tmp_path / "missing.csv"])
    latin = tmp_path / "latin.csv"
    latin.write_bytes("name,lat,lon\nMálaga,1,2\n".encode("latin-1"))
    with pytest.raises(BadGazetteerError, match="UTF-8"):
        open_gazetteer([latin])
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    with pytest.raises(BadGazetteerError, match="not a gazetteer"):
        open_gazetteer([broken])


@pytest.mark.parametrize("zipped", [False, True])
def test_a_geonames_dump_becomes_a_gazetteer(tmp_path: Path, zipped: bool) -> None:
    source, out = tmp_path / "EX.txt", tmp_path / "ex.gazetteer"
    source.write_text(DUMP, encoding="utf-8")
    if zipped:
        source = tmp_path / "EX.zip"
        with zipfile.ZipFile(source, "w") as archive:
            archive.writestr("readme.txt", "about")
            archive.writestr("EX.txt", DUMP)
    seen: list[tuple[int, int]] = []
    assert import_geonames(source, out, progress=lambda done, total: seen.append((done, total))) == 4
    size = len(DUMP.encode())
    assert seen[-1] == (size, size)
    with open_gazetteer([out]) as gazetteer:
        large, small = [p for p in gazetteer.candidates("tel example") if p.country == "IQ"]
        assert (large.population, small.population) == (9_000, 2_000)
        assert small.path == ("Republic of Exampla", "North Exampla", "Tel Example")
        assert large.path == ("Republic of Exampla", "Tel Example")
        assert [p.id for p in gazetteer.candidates("تل")] == ["geonames:3"]


def test_of_very_many_namesakes_the_largest_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firsthand.gazetteers.indexed.MOST_ENTRIES", 3)
    source, out = tmp_path / "EX.txt", tmp_path / "ex.gazetteer"
    rows = [geonames_row(n, "Ham", 1, 2, population=n) for n in range(1, 10)]
    rows.append(geonames_row(10, "Ham", 3, 4, feature="A.ADM1", admin1="01"))
    source.write_text("".join(rows), encoding="utf-8")
    import_geonames(source, out)
    assert [p.population for p in IndexedGazetteer(out).candidates("ham")] == [0, 9, 8]
    assert not list(tmp_path.glob("*.importing"))


def test_an_interrupted_import_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out, whole = tmp_path / "EX.txt", tmp_path / "ex.gazetteer", tmp_path / "whole.gazetteer"
    source.write_text(DUMP, encoding="utf-8")
    monkeypatch.setattr("firsthand.gazetteers.geonames.BATCH", 1)
    calls = []

    def interrupt(done: int, total: int) -> None:
        calls.append(done)
        if len(calls) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_geonames(source, out, progress=interrupt)
    with pytest.raises(BadGazetteerError, match="not finished"):
        IndexedGazetteer(out)
    assert import_geonames(source, out) == 4
    assert import_geonames(source, whole) == 4
    for name in ("tel example", "north exampla", "تل"):
        stacks = [GazetteerStack([IndexedGazetteer(path)]) for path in (out, whole)]
        assert stacks[0].candidates(name) == stacks[1].candidates(name) != ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a\tb\n", ":1: 2 columns"),
        (geonames_row(1, "A", 95, 0), ":1: .*no place"),
        (geonames_row(1, "A", 9, 0) + "x\n", ":2:"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, text: str, says: str) -> None:
    source = tmp_path / "odd.txt"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(BadGazetteerError, match=says):
        import_geonames(source, tmp_path / "out")


def test_a_file_made_of_another_dump_is_not_overwritten(tmp_path: Path) -> None:
    first, second, out = tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "out"
    first.write_text(DUMP, encoding="utf-8")
    second.write_text(DUMP + geonames_row(9, "B", 1, 2), encoding="utf-8")
    import_geonames(first, out)
    with pytest.raises(BadGazetteerError, match="another dump"):
        import_geonames(second, out)


def test_many_sites_with_long_names(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "name,lat,lon\n" + "".join(f"Site {n} {'x' * 500},1,2\n" for n in range(3_000)))
    gazetteer = SiteGazetteer("many", read_sites(path))
    assert gazetteer.longest(["Site", "2999", "x" * 500, "was"]) == 3
