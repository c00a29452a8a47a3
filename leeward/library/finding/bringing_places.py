"""Bringing in a gazetteer: the postcode files of GeoNames, or a table of the same twelve columns with a line of names.

Source of the form: https://download.geonames.org/export/zip/readme.txt (files under CC BY 4.0): country code, postal
code, place name, three admin names each with its code, latitude, longitude, accuracy; tabs between, no quotes.
"""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from leeward.library.finding.gazetteer import code_key, make_places, name_key
from leeward.library.finding.models import Postcode

AT_ONCE = 5_000
LONGEST_LINE = 4_000
"""Characters. A line of GeoNames has 200 at most."""
MOST_FAULTS = 1_000
"""After so many this is another kind of file."""
MOST_BYTES = 2_000_000_000
"""Of a file within a zip. That of all countries has 150 MB."""
COLUMNS = 12
NAMES = "country code"
README = "readme.txt"


class PlacesRefused(Exception):
    """A file cannot be taken, and why, in words for the host."""


@dataclass
class Outcome:
    """What became of a file.

    Args:
        postcodes: rows taken.
        places: names that can be found.
        countries: whose rows were replaced.
        faults: line numbers and what is wrong with them.
    """

    postcodes: int = 0
    places: int = 0
    countries: set[str] = field(default_factory=set)
    faults: list[tuple[int, str]] = field(default_factory=list)


class _OnlyLooked(Exception):
    """A dry run is over: nothing stays."""


def bring_places(path: Path, *, dry_run: bool = False, step: Callable[[int], object] = lambda size: None) -> Outcome:
    """Bring in a gazetteer. Rows of the countries in it replace those there were; all goes in, or nothing.

    Args:
        path: a file of text, or a zip with one in it.
        dry_run: whether to look only.
        step: called with how many characters were read since it was called last.

    Raises:
        PlacesRefused: it is no gazetteer.
    """
    outcome = Outcome()
    try:
        with transaction.atomic(), _opened(path) as file:
            _take(file, outcome, step)
            if not outcome.postcodes:
                raise PlacesRefused(_("%(file)s holds no line that names a place.") % {"file": path.name})
            outcome.places = make_places(outcome.countries)
            if dry_run:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    except UnicodeDecodeError as error:
        raise PlacesRefused(_("%(file)s is not written in UTF-8.") % {"file": path.name}) from error
    return outcome


def _take(file: io.TextIOBase, outcome: Outcome, step: Callable[[int], object]) -> None:
    some: list[Postcode] = []
    read = 0
    for number, line in _lines(file):
        read += len(line)
        row = _row(number, line, outcome)
        if row is not None:
            some.append(row)
            if row.country not in outcome.countries:
                outcome.countries.add(row.country)
                Postcode.objects.filter(country=row.country).delete()
        if len(some) == AT_ONCE:
            outcome.postcodes += len(Postcode.objects.bulk_create(some))
            step(read)
            some, read = [], 0
    outcome.postcodes += len(Postcode.objects.bulk_create(some))
    step(read)


def _lines(file: io.TextIOBase) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; a file that is one endless line is given up."""
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise PlacesRefused(_("Line %(line)d is too long: this is no gazetteer.") % {"line": number})
        if "\0" in line:
            raise PlacesRefused(_("Line %(line)d holds what is no text.") % {"line": number})
        if line.strip():
            yield number, line.lstrip("\ufeff").rstrip("\r\n")


def _row(number: int, line: str, outcome: Outcome) -> Postcode | None:
    """A line as a row; None for the line of names, and for a fault, which is kept."""
    cells = line.split("\t") if "\t" in line else next(csv.reader([line]), [])
    if number == 1 and cells and cells[0].strip().lower().replace("_", " ") == NAMES:
        return None
    try:
        return _read(cells)
    except ValueError as error:
        outcome.faults.append((number, str(error)))
        if len(outcome.faults) >= MOST_FAULTS:
            words = _("%(count)d lines cannot be read; the first is line %(line)d: %(reason)s")
            line_number, reason = outcome.faults[0]
            given = {"count": MOST_FAULTS, "line": line_number, "reason": reason}
            raise PlacesRefused(words % given) from error
        return None


def _read(cells: list[str]) -> Postcode:
    if len(cells) < COLUMNS - 1:  # the last may be missing
        raise ValueError(_("it has %(count)d columns instead of %(all)d") % {"count": len(cells), "all": COLUMNS})
    country, code, name, *_rest = (cell.strip() for cell in cells)
    if len(country) != 2 or not country.isalpha():
        raise ValueError(_("“%(text)s” is no code of a country") % {"text": country[:20]})
    if not code and not name:
        raise ValueError(_("it names neither a postcode nor a place"))
    regions = dict.fromkeys(cells[column].strip() for column in (7, 5, 3))
    return Postcode(
        country=country.upper(),
        code=code[:20],
        key=code_key(code),
        name=name[:180],
        name_key=name_key(name),
        region=", ".join(region for region in regions if region and region != name)[:300],
        latitude=_degrees(cells[9], 90),
        longitude=_degrees(cells[10], 180),
    )


def _degrees(cell: str, most: int) -> float:
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not abs(number) <= most:
        raise ValueError(_("“%(text)s” is no degree up to %(most)d") % {"text": cell[:20], "most": most})
    return number


@contextmanager
def _opened(path: Path) -> Iterator[io.TextIOBase]:
    try:
        with path.open("rb") as file:
            if zipfile.is_zipfile(file):
                with zipfile.ZipFile(file) as archive, archive.open(_inside(archive)) as within:
                    yield _as_text(within)  # type: ignore[arg-type]  # it is one, by what it can do
            else:
                file.seek(0)
                yield _as_text(file)
    except (OSError, zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError) as error:
        raise PlacesRefused(f"{path}: {error}") from error


def _as_text(file: BinaryIO) -> io.TextIOBase:
    return io.TextIOWrapper(file, encoding="utf-8", newline="\n")


def _inside(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one table in a zip."""
    tables = [one for one in archive.infolist() if not one.is_dir() and Path(one.filename).name != README]
    if len(tables) != 1:
        raise PlacesRefused(_("The zip holds %(count)d tables; one is needed.") % {"count": len(tables)})
    if tables[0].file_size > MOST_BYTES:
        raise PlacesRefused(_("What is in the zip is too large: %(size)d bytes.") % {"size": tables[0].file_size})
    return tables[0]
