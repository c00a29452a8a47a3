"""The gazetteer: brought in from the postcode files of GeoNames, looked up as people type."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from leeward.library.finding.bringing_places import PlacesRefused, bring_places
from leeward.library.finding.gazetteer import look_up
from leeward.library.finding.models import Place, Postcode
from leeward.village.directory import PLACES

pytestmark = pytest.mark.django_db

HEAD = (
    "country code,postal code,place name,admin name1,admin code1,admin name2,admin code2,,,latitude,longitude,accuracy"
)
ROWS = [
    "GB\tXA1\tLowlamp\tEngland\tENG\tLamp County\t1\t\t\t56.0\t-12.0\t4",
    "GB\tXA1 1AA\tLowlamp\tEngland\tENG\tLamp County\t1\t\t\t56.01\t-12.01\t6",
    "GB\tXA1 1AB\tLowlamp\tEngland\tENG\tLamp County\t1\t\t\t56.03\t-12.03\t6",
    "GB\tXB2 2BB\tFetch\tEngland\tENG\tEast\t2\t\t\t50.0\t-1.0\t6",
    "GB\tXB3 3BB\tFetch\tScotland\tSCT\tNorth\t3\t\t\t57.0\t-3.0\t6",
    "FR\t12345\tSaint-Étienne-du-Grès\tProvence\t93\t\t\t\t\t43.78\t4.72\t5",
    "CA\tK1A\tOttawa (Government)\tOntario\tON\t\t\t\t\t45.42\t-75.70\t6",
    "DE\t10115\tBerlin\tBerlin\tBE\t\t00\t\t\t52.53\t13.38\t4",
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "places.txt"
    path.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "typed",
    ["Lowlamp", "lowlamp", "  LOWLAMP ", "XA1 1AA", "xa11aa", "xa1-1aa", "XA1", "XA1 9ZZ", "Lowlamp, Lamp County"],
)
def test_a_place_is_known_however_it_is_typed(file: Path, typed: str) -> None:
    bring_places(file)
    (found,) = look_up(typed)
    assert found.country == "GB"
    assert found.spot.latitude == pytest.approx(56.01, abs=0.05)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("saint etienne du gres", "Saint-Étienne-du-Grès"),
        ("12345", "12345, Saint-Étienne-du-Grès"),
        ("K1A 0B1", "K1A, Ottawa (Government)"),
        ("k1a0b1", "K1A, Ottawa (Government)"),
        ("BERLIN", "Berlin"),
    ],
)
def test_accents_signs_and_the_second_half_of_a_postcode_do_not_matter(file: Path, typed: str, name: str) -> None:
    bring_places(file)
    (found,) = look_up(typed)
    assert found.name.startswith(name)


def test_of_two_places_of_one_name_she_chooses(file: Path) -> None:
    bring_places(file)
    found = look_up("fetch")
    assert [one.name for one in found] == ["Fetch, East, England (GB)", "Fetch, North, Scotland (GB)"]
    assert len({one.key for one in found}) == 2
    assert [one.name for one in look_up("Fetch, Scotland")] == ["Fetch, North, Scotland (GB)"]


@pytest.mark.parametrize(
    "typed", ["", " ", "Nowhere", "ZZ99 9ZZ", "x", "%", "\0", "☂", "a" * 5_000, "1" * 400, "--", ","]
)
def test_what_is_no_place_is_none(file: Path, typed: str) -> None:
    bring_places(file)
    assert look_up(typed) == []


def test_a_file_again_replaces_its_countries_and_leaves_the_others(file: Path, tmp_path: Path) -> None:
    bring_places(file)
    again = tmp_path / "again.txt"
    again.write_text("GB\tXC1\tNewlamp\tEngland\tENG\t\t\t\t\t55\t-2\t4\n")
    outcome = bring_places(again)
    assert (outcome.postcodes, outcome.places, outcome.countries) == (1, 1, {"GB"})
    assert look_up("Lowlamp") == []
    assert look_up("Newlamp")
    assert look_up("Berlin")


def test_a_zip_a_table_with_names_and_a_file_that_begins_with_a_mark_are_read(file: Path, tmp_path: Path) -> None:
    archive = tmp_path / "GB.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("readme.txt", "what it is")
        made.write(file, "GB.txt")
    assert bring_places(archive).postcodes == len(ROWS)
    table = tmp_path / "places.csv"
    table.write_text("\ufeff" + HEAD + '\nXL,XL1 6AN,"Lamp, Low",Isles,LI,,,,,56.3,-12.4,4\r\n', encoding="utf-8")
    assert bring_places(table).postcodes == 1
    assert look_up("lamp low")


def test_the_county_of_the_village_is_read_and_two_of_its_places_have_one_name() -> None:
    outcome = bring_places(PLACES)
    assert (outcome.postcodes, outcome.faults) == (60, [])
    assert len(look_up("Lower Fetch")) == 2
    assert len(look_up("XL1 6AN")) == 1


def test_a_dry_run_says_and_writes_nothing(file: Path) -> None:
    outcome = bring_places(file, dry_run=True)
    assert outcome.postcodes == len(ROWS)
    assert not Postcode.objects.exists()
    assert not Place.objects.exists()


def test_broken_lines_are_named_and_the_rest_goes_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "GB.txt"
    broken = ["GB\tXA1\tshort", "Britain\tXA1\tX\t\t\t\t\t\t\t1\t1\t", "GB\tXA1\tX\t\t\t\t\t\t\tnorth\t1\t"]
    broken += ["GB\tXA1\tX\t\t\t\t\t\t\t91\t1\t", "GB\t\t\t\t\t\t\t\t\t1\t1\t", "GB\tXA1\tX\t\t\t\t\t\t\tnan\t1\t"]
    path.write_text("\n".join([ROWS[0], *broken, ROWS[3]]), encoding="utf-8")
    err = io.StringIO()
    call_command("import_places", path, verbosity=0, stderr=err)
    told = err.getvalue()
    assert [f"line {number}:" in told for number in range(1, 9)] == [False, *[True] * 6, False]
    assert "“north” is no degree up to 90" in told
    assert Postcode.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no line"),
        (b"\n\n", "holds no line"),
        (b"\x00\x01\x02" * 500, "no text"),
        (b"GB\tXA1\tX\xff\xfe\t\t\t\t\t\t\t1\t1\t\n", "UTF-8"),
        (b"a" * 1_000_000, "too long"),
        (b"just,a,table\n" * 2_000, "lines cannot be read"),
        (b"PK\x05\x06" + b"\0" * 18, "0 tables"),
    ],
)
def test_what_is_no_gazetteer_is_refused_in_words_and_changes_nothing(
    file: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    bring_places(file)
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(PlacesRefused, match=words):
        bring_places(path)
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("import_places", path, verbosity=0)
    assert Postcode.objects.count() == len(ROWS)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nothing\.txt"):
        call_command("import_places", tmp_path / "nothing.txt", verbosity=0)
