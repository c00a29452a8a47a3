"""A service as a page shows it: what it is, who runs it, how to reach it, when, at what cost, how fresh."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from leeward.library.directory.freshness import Freshness, standing_of
from leeward.library.directory.gathering import Data, Given, Whole, gathered, rows, text
from leeward.library.directory.models import Service
from leeward.library.finding.deriving import cost_of, schedules_of
from leeward.library.finding.models import Cost, Listing
from leeward.library.finding.sought import Hit
from leeward.library.finding.spots import is_place, spot_of
from leeward.library.finding.terms import AUDIENCE, AUDIENCES, JOURNEY, NEED, NEEDS
from leeward.library.hours import in_words, moment_in_words, next_opening, open_now, readable
from leeward.library.hours.openings import day_and_night
from leeward.library.lines import dialled

SHORT = 190
"""Characters of what a card says of a service: two lines."""
MOST_WAYS = 2

_SITE = re.compile(r"https?://[^/?#@\\\s]+(?:[/?#]|$)")
"""Of the web, and without a name before the host: `https://clinic.example@elsewhere.example` leads elsewhere."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""One address alone. With a percent sign it could write other heads (`%0ABcc:`) into the letter that she will send."""


@dataclass(frozen=True)
class AskedCard:
    """Which card is asked for.

    Args:
        service_id: of which service.
        number: which of its places it shows.
        away: how far that is, in kilometres; None: it is not said.
    """

    service_id: str
    number: int = 0
    away: float | None = None


@dataclass(frozen=True)
class Way:
    """A way to reach a service.

    Args:
        address: where it leads: tel:, mailto:, https://.
        words: what is shown.
        note: what for.
    """

    address: str
    words: str
    note: str = ""

    @property
    def leads_away(self) -> bool:
        """Whether it is another site."""
        return self.address.startswith(("http:", "https:"))


@dataclass(frozen=True)
class Hours:
    """When somebody is there, in words.

    Args:
        now: "Open now, until 5 p.m."; empty where it is closed, or nothing is known.
        next: when it opens; empty where it is open, or not known.
        lines: all of its hours.
    """

    now: str = ""
    next: str = ""
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class Card:
    """A service in a list.

    Args:
        whole: the service.
        freshness: when it was last checked, and by whom.
        hours: when somebody is there.
        place: the town or house, of the place that was found.
        away: how far that is, in words.
    """

    whole: Whole
    freshness: Freshness
    hours: Hours
    place: str = ""
    away: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return text(self.whole.data, "name")

    @property
    def by(self) -> str:
        """Who runs it."""
        return text(self.whole.organization, "name")

    @property
    def short(self) -> str:
        """What it is, in two lines."""
        return Truncator(" ".join(text(self.whole.data, "description").split())).chars(SHORT)

    @property
    def cost(self) -> str:
        """What it costs, in a word or two."""
        return cost_in_words(self.whole)

    @property
    def languages(self) -> list[str]:
        """In which languages it is given."""
        return language_names(self.whole)

    @property
    def ways(self) -> list[Way]:
        """The first ways to reach it."""
        return ways_of(self.whole)[:MOST_WAYS]

    @property
    def kinds(self) -> list[str]:
        """What it is, and whom it has in mind."""
        return kinds_of(self.whole)


def cards_of(hits: Sequence[Hit], at: datetime.datetime | None = None) -> list[Card]:
    """The cards of what was found, in its order, but of what was made anew this moment; as many questions for many."""
    ids = dict(Listing.objects.filter(pk__in=[hit.listing for hit in hits]).values_list("pk", "service_id"))
    return cards_for([AskedCard(ids[hit.listing], hit.number, hit.away) for hit in hits if hit.listing in ids], at)


def cards_for(asked: Sequence[AskedCard], at: datetime.datetime | None = None) -> list[Card]:
    """The cards of services, in this order, but of what is no longer offered; as many questions for many."""
    at = at or timezone.now()
    services = list(Service.objects.filter(pk__in=[one.service_id for one in asked]).select_related("source"))
    wholes = {whole.record.id: whole for whole in gathered(services)}
    fresh = standing_of(services)
    return [
        _card(one, wholes[one.service_id], fresh[one.service_id], at)
        for one in asked
        if one.service_id in wholes and wholes[one.service_id].is_offered
    ]


def _card(asked: AskedCard, whole: Whole, fresh: Freshness, at: datetime.datetime) -> Card:
    given = whole.given(asked.number)
    is_alone = sum(is_place(one.location) for one in whole.places) == 1
    return Card(
        whole,
        fresh,
        hours_of(whole, given, at),
        place_name(given.location) if asked.away is not None or is_alone else "",
        away_in_words(asked.away, by_postcode=spot_of(given.location) is None),
    )


def hours_of(whole: Whole, given: Given, at: datetime.datetime) -> Hours:
    """When somebody is there, in words."""
    schedules = readable(schedules_of(whole, given))
    lines = in_words(schedules, at)
    if whole.is_paused or not schedules:
        return Hours(lines=lines)
    if any(day_and_night(schedule) for schedule in schedules):
        return Hours(_("Open day and night"), lines=lines)
    now = open_now(schedules, at)
    if now:
        closes = moment_in_words(now.closes, now.zone, at)
        return Hours(_("Open now, until %(moment)s") % {"moment": closes}, lines=lines)
    following = next_opening(schedules, at)
    if following is None:
        return Hours(lines=lines)
    opens = moment_in_words(following.opens, following.zone, at)
    return Hours(next=_("Opens %(moment)s") % {"moment": opens}, lines=lines)


def cost_in_words(whole: Whole) -> str:
    """What it costs, in a word or two."""
    cost = cost_of(whole)
    if cost == Cost.FREE:
        return _("Costs nothing")
    if cost == Cost.FREE_FOR_SOME:
        return _("Costs nothing for some")
    return _("Costs something") if cost == Cost.PAID else ""


def away_in_words(away: float | None, *, by_postcode: bool = False) -> str:
    """How far something is; a postcode may be wide, so what is placed by one is never said to be next door."""
    if away is None:
        return ""
    if by_postcode:
        return _("about %(count)d km away, by its postcode") % {"count": max(1, math.ceil(away - 0.5))}
    if away < 1:
        return _("less than 1 km away")
    return _("about %(count)d km away") % {"count": math.ceil(away - 0.5)}


def place_name(location: Data) -> str:
    """Where a location is, in a word: its town, else its own name."""
    towns = [text(address, "city") for address in rows(location, "addresses")]
    return next((town for town in towns if town), text(location, "name"))


def language_names(whole: Whole) -> list[str]:
    """The languages in which it is given, by their names."""
    named = [text(row, "name") or text(row, "code") for row in rows(whole.data, "languages")]
    return [name for name in dict.fromkeys(named) if name]


def kinds_of(whole: Whole) -> list[str]:
    """What it is and whom it has in mind: ours in our words, terms of other taxonomies by their own names."""
    ours = {NEED: NEEDS, AUDIENCE: AUDIENCES}
    said = [
        str(ours[term.taxonomy].get(term.code, term.name)) if term.taxonomy in ours else term.name
        for term in whole.terms
        if term.taxonomy != JOURNEY
    ]
    return [word for word in dict.fromkeys(said) if word]


def ways_of(whole: Whole) -> list[Way]:
    """The ways to reach a service: telephone first, then its own other ways, its site, letters; then its house's."""
    phones = [*rows(whole.data, "phones"), *(row for one in whole.places for row in rows(one.here, "phones"))]
    phones = phones or [row for one in whole.places for row in rows(one.location, "phones")]
    found = [*_calls(phones), *_links(rows(whole.data, "additional_urls")), *_site(whole.data), *_letter(whole.data)]
    if not found:
        found = [*_calls(rows(whole.organization, "phones")), *_site(whole.organization), *_letter(whole.organization)]
    return list({way.address: way for way in reversed(found)}.values())[::-1]


def _calls(phones: Iterable[Data]) -> Iterable[Way]:
    for row in phones:
        number, kind = text(row, "number"), text(row, "type").lower()
        called = dialled(number)
        if not called or kind in {"fax", "pager"}:
            continue
        extension = row.get("extension")
        inner = str(extension).strip() if isinstance(extension, int | str) and str(extension).strip().isdigit() else ""
        words = _("%(number)s, extension %(inner)s") % {"number": number, "inner": inner} if inner else number
        scheme = "sms" if kind in {"sms", "text"} else "tel"
        extra = f";ext={inner}" if inner and scheme == "tel" else ""
        yield Way(f"{scheme}:{called}{extra}", words, text(row, "description"))


def _site(data: Data) -> Iterable[Way]:
    address = text(data, "url") or text(data, "website")
    if _SITE.match(address):
        yield Way(address, address.split("://", 1)[1].rstrip("/"))


def _links(links: Iterable[Data]) -> Iterable[Way]:
    for row in links:
        for way in _site(row):
            yield Way(way.address, text(row, "label") or way.words)


def _letter(data: Data) -> Iterable[Way]:
    address = text(data, "email")
    if _MAIL.fullmatch(address):
        yield Way(f"mailto:{address}", address)
