"""Finding services: what she needs, where, in which language, at what cost, for whom, open now, in her words.

Everything is one question to narrow rows; words are one more condition of it. At most `MOST` are found: nobody turns
over more, and "more than 200" says as much as a number. Order: what was checked lately before what was not; within
these what names what she told, then the nearest, or what says her words best.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_

from django.db.models import Case, ExpressionWrapper, F, FloatField, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Abs, Cast, Least
from django.utils import timezone

from leeward.library.directory.freshness import oldest_current
from leeward.library.finding.deriving import hour_of_week, mark_of
from leeward.library.finding.models import Cost, Listing, ListingPlace
from leeward.library.finding.sought import Found, Hit, Sought
from leeward.library.finding.spots import Box, Spot, around, kilometres
from leeward.library.finding.terms import ALL, COLUMNS, bits
from leeward.library.finding.words import Asked, Group, Phrase, SaysAll, best_first, saying
from leeward.library.hours import is_open, readable

MOST = 200
"""So many are found at most."""
RANKED = 2_000
"""Of so many that say her words those are taken that say them best."""
ENOUGH = 20
"""Where fewer say all her words, those that say some of them are found, too."""
OPEN_LOOKED_AT = 1_000
"""Of so many that may be open in this hour it is looked up whether they are in this minute."""
AT_ONCE = 250
LOOKED_AT = 1_000
"""Of so many that fit in all else it is looked up whether they say common words."""
FEW = 2
"""Of so many common words it is looked up in which names they stand."""


@dataclass
class _Row:
    """A narrow row that was found."""

    listing: int
    number: int
    checked_on: datetime.date
    spot: Spot | None
    away: float | None = None


def find(sought: Sought, at: datetime.datetime | None = None) -> Found:
    """Find services.

    Args:
        sought: what is looked for.
        at: the moment at which they are to be open; now, if none is given.
    """
    at = at or timezone.now()
    oldest = oldest_current()
    asked = _fitting(sought, at, oldest)
    if sought.near and not sought.remote:
        rows = _near(asked, sought, sought.near)
        if not sought.places and len({row.listing for row in rows if _is_current(row, oldest)}) <= MOST:
            rows += _anywhere(asked.filter(is_remote=True), sought)
    else:
        rows = _anywhere(asked, sought)
    first: dict[int, _Row] = {}
    for row in rows:
        first.setdefault(row.listing, row)
    once = sorted(first.values(), key=lambda row: not _is_current(row, oldest))  # within both they stay as they are
    found = list(islice(_open(once, at) if sought.open_now else once, MOST + 1))
    hits = [Hit(row.listing, row.number, row.away, _is_current(row, oldest)) for row in found[:MOST]]
    return Found(hits, is_all=len(found) <= MOST)


def _is_current(row: _Row, oldest: datetime.date) -> bool:
    return row.checked_on >= oldest


def _fitting(sought: Sought, at: datetime.datetime, oldest: datetime.date) -> QuerySet[ListingPlace]:
    """The rows that fit in everything but words and place, with how they are put in order."""
    rows = ListingPlace.objects.order_by()
    if sought.needs:
        rows = _having(rows, "needs", bits("need", sought.needs))
    if sought.audiences:
        rows = _having(rows, "audiences", bits("audience", sought.audiences))
    if sought.open_now:
        rows = _having(rows.filter(is_paused=False), *hour_of_week(at))
    if sought.language:
        rows = rows.filter(languages__contains=f"|{sought.language}|")
    if sought.free:
        rows = rows.filter(cost=Cost.FREE)
    if sought.country:
        rows = rows.filter(country__in=["", sought.country])
    if sought.remote:
        rows = rows.filter(is_remote=True)
    if sought.terms:
        marks: Group = tuple(Phrase((mark_of(term),)) for term in sorted(sought.terms))
        rows = rows.filter(SaysAll((marks,), key="listing_id"))
    rows = _for_her(rows, sought.facts)
    return rows.alias(stale=Case(When(checked_on__gte=oldest, then=0), default=1))


def _having(rows: QuerySet[ListingPlace], column: str, mask: int) -> QuerySet[ListingPlace]:
    return rows.alias(**{f"its_{column}": F(column).bitand(mask)}).filter(**{f"its_{column}__gt": 0})


def _for_her(rows: QuerySet[ListingPlace], facts: Mapping[str, frozenset[str]]) -> QuerySet[ListingPlace]:
    """Leave out what is for others; count in `named` how many of her answers a service names."""
    named: Combinable = Cast(Value(0), IntegerField())  # a bare number in an order would be a column's place
    for facet, keys in facts.items():
        mask, column = bits(facet, keys), COLUMNS[facet]
        if not mask:
            continue
        rows = rows.alias(
            **{f"any_{facet}": F(column).bitand(ALL[facet]), f"her_{facet}": F(column).bitand(mask)}
        ).filter(Q(**{f"any_{facet}": 0}) | Q(**{f"her_{facet}__gt": 0}))
        named = named + Case(When(**{f"her_{facet}__gt": 0}, then=1), default=0)
    return rows.alias(named=named)


_LATELY_BY_INDEX = (F("checked_on").desc(), F("listing_id").asc())
"""The same as below where nothing is named: read in the order of an index until there are enough. Where few fit, that
would be nearly all rows, one by one: then they are gone through as they lie, and put in order."""
_LATELY = (F("stale").asc(), F("named").desc(), F("checked_on").desc(), F("listing_id").asc())
_NEAREST = (F("stale").asc(), F("square").asc(), F("listing_id").asc())


def _anywhere(rows: QuerySet[ListingPlace], sought: Sought) -> list[_Row]:
    """Rows wherever they are, by her words, else by when they were checked."""
    if not sought.open_now:
        rows = rows.filter(leads=True)  # else another of its places may be the one that is open
    if sought.places:
        rows = rows.filter(latitude__isnull=False)
    by_index = not (sought.facts or sought.narrows > 1 or sought.open_now or sought.near)
    rows = rows.order_by(*(_LATELY_BY_INDEX if by_index else _LATELY))
    if sought.words:
        return _by_words(rows, sought.words)
    most = OPEN_LOOKED_AT if sought.open_now else MOST + 1
    return _read(rows[:most])


def _by_words(rows: QuerySet[ListingPlace], words: Asked) -> list[_Row]:
    """Those that say all her words, best first; where they are few, then those that say some."""
    found = _best(rows, words, words.groups)
    if len(found) < ENOUGH and len(words.groups) > 1:
        found += _best(rows, words, words.either)
    return found


def _best(rows: QuerySet[ListingPlace], words: Asked, groups: tuple[Group, ...]) -> list[_Row]:
    """Rows that say all of it, best first. Common words tell little apart: there the names that say them come first."""
    if words.are_common(groups):
        likely = list[_Row]()
        if len(groups) <= FEW and not words.are_common(groups, in_title=True):
            likely = _read(rows.filter(SaysAll(groups, key="listing_id", in_title=True)).order_by(*_LATELY)[: MOST + 1])
        return likely + _who_say(rows, words, groups, MOST + 1)
    by_key: dict[int, list[_Row]] = defaultdict(list)
    for row in _read(rows.order_by().filter(SaysAll(groups, key="listing_id"))[:RANKED]):
        by_key[row.listing].append(row)
    telling = [group for group in groups if not words.are_common((group,))] or groups
    return [row for key in best_first(telling, list(by_key)) for row in by_key[key]]


def _who_say(rows: QuerySet[ListingPlace], words: Asked, groups: tuple[Group, ...], most: int) -> list[_Row]:
    """Rows that say all of it, in their order; of common words those among the first that fit in all else."""
    if not words.are_common(groups):
        return _read(rows.filter(SaysAll(groups, key="listing_id"))[:most])
    first = _read(rows[:LOOKED_AT])
    keys = saying(groups, list({row.listing for row in first}))
    return [row for row in first if row.listing in keys][:most]


def _near(rows: QuerySet[ListingPlace], sought: Sought, middle: Spot) -> list[_Row]:
    """Rows within her distance, nearest first."""
    box = around(middle, sought.within)
    rows = _within(rows, box).alias(square=square_of(middle, box))
    rows = rows.order_by(*_NEAREST)
    most = OPEN_LOOKED_AT if sought.open_now else 2 * MOST
    if not sought.words:
        found = _read(rows[:most])
    else:
        found = _who_say(rows, sought.words, sought.words.groups, most)
        if len(found) < ENOUGH and len(sought.words.groups) > 1:
            found += _who_say(rows, sought.words, sought.words.either, most)
    for row in found:
        row.away = kilometres(middle, row.spot) if row.spot else None
    return [row for row in found if row.away is not None and row.away <= sought.within]


def _within(rows: QuerySet[ListingPlace], box: Box) -> QuerySet[ListingPlace]:
    cells = box.cells()
    if cells is not None:
        rows = rows.filter(cell__in=cells)
    across = [Q(longitude__gte=west, longitude__lte=east) for west, east in box.longitudes]
    return rows.filter(reduce(or_, across), latitude__gte=box.south, latitude__lte=box.north)


def square_of(middle: Spot, box: Box) -> Combinable:
    """The square of the distance in degrees, as on a flat map: right to a hundredth so near, and quickly asked."""
    up = F("latitude") - Value(middle.latitude)
    across = F("longitude") - Value(middle.longitude)
    if len(box.longitudes) > 1:  # over the line where the days meet
        across = Least(Abs(across), Value(360.0) - Abs(across))  # type: ignore[assignment]  # both are expressions
    flat = across * Value(box.shrink)
    return ExpressionWrapper(up * up + flat * flat, output_field=FloatField())


def _read(rows: QuerySet[ListingPlace]) -> list[_Row]:
    columns = ("listing_id", "number", "checked_on", "latitude", "longitude")
    return [
        _Row(listing, number, checked_on, None if latitude is None else Spot(latitude, longitude))
        for listing, number, checked_on, latitude, longitude in rows.values_list(*columns)
    ]


def _open(rows: Sequence[_Row], at: datetime.datetime) -> Iterator[_Row]:
    """Those that are open at a moment, by their own hours, looked up as far as they are asked for."""
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        hours = dict(Listing.objects.filter(pk__in=[row.listing for row in some]).values_list("pk", "hours"))
        for row in some:
            if row.listing in hours and is_open(readable(hours[row.listing][row.number]), at):
                yield row
