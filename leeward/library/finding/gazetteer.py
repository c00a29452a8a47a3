"""Where a place is: a name or a postcode, in the gazetteer that the host brought in. Nothing is asked elsewhere.

See docs/decisions/0026-search-by-sending.md for what becomes of what somebody types: nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Avg, QuerySet

from leeward.library.finding.models import Place, Postcode
from leeward.library.finding.spots import Spot, kilometres
from leeward.search.documents import plain

LONGEST = 180
MOST_CHOICES = 12
"""So many places of one name are offered to choose from."""
ONE_PLACE_KM = 12
"""Places of one name that lie as close together are one."""
MOST_ROWS = 400
SHORTEST_BEGINNING = 2
"""From so many characters on the beginning of a postcode is looked for."""

Code = tuple[str, str]
"""A country (alpha-2) and a postcode, as an address writes it."""

_APART = re.compile(r"[\s-]")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Found:
    """A place.

    Args:
        key: what tells it from others found: sent back by a form.
        name: as it is shown: "Lower Fetch, Mosswater".
        country: alpha-2.
        spot: where.
    """

    key: str
    name: str
    country: str
    spot: Spot


def is_there() -> bool:
    """Whether a gazetteer was brought in."""
    return Postcode.objects.exists()


def look_up(text: str, countries: Iterable[str] = ()) -> list[Found]:
    """The places that somebody may mean, those of the countries served first; empty: none is known.

    Args:
        text: a name or a postcode, as somebody types it: case, accents, signs and spaces do not matter.
        countries: alpha-2; places there come first.
    """
    text = text.strip()[:LONGEST]
    first = list(countries)
    found = _of_code(text) or _of_name(text)
    return sorted(found, key=lambda one: (one.country not in first, one.name))[:MOST_CHOICES]


def middles(codes: Collection[Code]) -> dict[Code, Spot]:
    """Where postcodes are; those that are not known are missing. One question for some hundreds.

    Args:
        codes: country and postcode, as addresses write them.
    """
    tried = {code: _keys_of(code[1]) for code in codes}
    keys = sorted({key for some in tried.values() for key in some})
    rows: dict[Code, list[Spot]] = defaultdict(list)
    for start in range(0, len(keys), MOST_ROWS):
        known = Postcode.objects.filter(key__in=keys[start : start + MOST_ROWS])
        for country, key, latitude, longitude in known.values_list("country", "key", "latitude", "longitude"):
            rows[country, key].append(Spot(latitude, longitude))
    known_keys = ((code, next((key for key in some if (code[0], key) in rows), "")) for code, some in tried.items())
    return {code: _middle_of(rows[code[0], key]) for code, key in known_keys if key}


def name_key(name: str) -> str:
    """A name as it is looked for: small letters, no accents, no signs, one space between words."""
    return _NO_WORD.sub(" ", plain(name).lower()).strip()[:LONGEST]


def code_key(code: str) -> str:
    """A postcode as it is looked for: capitals and figures alone."""
    return _NO_WORD.sub("", plain(code).upper())[:20]


def _of_code(text: str) -> list[Found]:
    """Postcodes: just this one; else those that begin so; else its first part, which some gazetteers have alone."""
    key = code_key(text)
    if len(key) < SHORTEST_BEGINNING or not any(letter.isdigit() for letter in key):
        return []
    tries = [Postcode.objects.filter(key=key), Postcode.objects.filter(key__gte=key, key__lt=key + "￿")]
    if outward := _first_part(text):
        tries.append(Postcode.objects.filter(key=outward))
    for rows in tries:
        found = _codes(rows, text)
        if found:
            return found
    return []


def _codes(rows: QuerySet[Postcode], text: str) -> list[Found]:
    """One place for each country, in the middle of its rows."""
    columns = ("country", "code", "name", "latitude", "longitude")
    by_country: dict[str, list[tuple[str, str, float, float]]] = {}
    for country, code, name, latitude, longitude in rows.order_by("key").values_list(*columns)[:MOST_ROWS]:
        by_country.setdefault(country, []).append((code, name, latitude, longitude))
    found = []
    for country, some in by_country.items():
        codes, names = dict.fromkeys(one[0] for one in some), dict.fromkeys(one[1] for one in some)
        shown = next(iter(codes)) if len(codes) == 1 else text.upper()
        name = f"{shown}, {next(iter(names))}" if len(names) == 1 else shown
        middle = _middle_of([Spot(one[2], one[3]) for one in some])
        found.append(Found(f"{country}:{code_key(shown)}", f"{name} ({country})", country, middle))
    return found


def _of_name(text: str) -> list[Found]:
    """Places of this name; what stands after a comma tells which of several."""
    name, _comma, more = text.partition(",")
    key, which = name_key(name), name_key(more)
    if not key:
        return []
    found: list[Found] = []
    for place in Place.objects.filter(key=key).order_by("country", "region", "pk")[:MOST_ROWS]:
        spot = Spot(place.latitude, place.longitude)
        said = f"{place.name}, {place.region}" if place.region else place.name
        if which and which not in name_key(f"{place.region} {place.country}"):
            continue
        if any(one.country == place.country and kilometres(one.spot, spot) < ONE_PLACE_KM for one in found):
            continue
        found.append(Found(f"{place.country}:{place.pk}", f"{said} ({place.country})", place.country, spot))
    return found or (_of_name(text.replace(",", " ")) if which else [])


def _keys_of(code: str) -> list[str]:
    """A postcode, and its first part, which some gazetteers have alone."""
    return [key for key in (code_key(code), _first_part(code)) if len(key) >= SHORTEST_BEGINNING]


def _first_part(code: str) -> str:
    """The first part of a postcode: as it is written apart, else all but three signs, as in "XA1 1AA"; "": none."""
    key, first = code_key(code), code_key(_APART.split(code.strip(), maxsplit=1)[0])
    if first != key:
        return first
    return key[:-3] if len(key) > 4 else ""


def _middle_of(spots: list[Spot]) -> Spot:
    return Spot(_middle([one.latitude for one in spots]), _middle([one.longitude for one in spots]))


def _middle(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def make_places(countries: Iterable[str]) -> int:
    """Gather the postcodes of each name into places, once they are all there.

    Args:
        countries: those whose postcodes changed.

    Returns:
        How many places there are in them.
    """
    Place.objects.filter(country__in=list(countries)).delete()
    grouped = (
        Postcode.objects.filter(country__in=list(countries))
        .exclude(name_key="")
        .values_list("country", "name_key", "name", "region")
        .annotate(latitude=Avg("latitude"), longitude=Avg("longitude"))
        .order_by("country", "name_key")
    )
    count, some = 0, list[Place]()
    for country, key, name, region, latitude, longitude in grouped.iterator(chunk_size=5_000):
        some.append(Place(country=country, key=key, name=name, region=region, latitude=latitude, longitude=longitude))
        if len(some) == 5_000:
            count += len(Place.objects.bulk_create(some))
            some = []
    return count + len(Place.objects.bulk_create(some))
