"""A service and an organisation whole, as their pages show them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.journeys.countries import country_name
from leeward.library.directory.freshness import Freshness, standing_of
from leeward.library.directory.gathering import Data, Given, Whole, gathered, rows, text
from leeward.library.directory.models import Organization, Service
from leeward.library.finding.cards import (
    AskedCard,
    Card,
    Hours,
    Way,
    cards_for,
    cost_in_words,
    hours_of,
    kinds_of,
    language_names,
    ways_of,
)
from leeward.library.finding.deriving import is_remote
from leeward.library.finding.spots import Spot, spot_of

MOST_SERVICES = 60
"""So many services of an organisation are listed."""
POSTAL = "postal"


@dataclass(frozen=True)
class Somewhere:
    """A place where a service is given.

    Args:
        name: of the house.
        lines: its address.
        spot: where it is on earth.
        about: how to get there, and what it is like.
        access: what is said of access.
        hours: when somebody is there.
        is_letterbox: whether only letters go there.
    """

    name: str
    lines: list[str]
    spot: Spot | None
    about: list[str]
    access: list[str]
    hours: Hours
    is_letterbox: bool

    @property
    def geo(self) -> str:
        """An address that a device opens in the map it has (RFC 5870); empty where the spot is not known."""
        return f"geo:{self.spot.latitude:.5f},{self.spot.longitude:.5f}" if self.spot else ""


@dataclass(frozen=True)
class ServicePage:
    """A service whole.

    Args:
        whole: the service.
        freshness: when it was last checked, and by whom.
        hours: when somebody is there, wherever that is.
        places: where it is given.
    """

    whole: Whole
    freshness: Freshness
    hours: Hours
    places: list[Somewhere]

    @property
    def name(self) -> str:
        """What it is called."""
        return text(self.whole.data, "name")

    @property
    def paragraphs(self) -> list[str]:
        """What it is."""
        return _paragraphs(text(self.whole.data, "description"))

    @property
    def kinds(self) -> list[str]:
        """What it is and whom it has in mind, in a word each."""
        return kinds_of(self.whole)

    @property
    def for_whom(self) -> list[str]:
        """For whom it is, in sentences."""
        return [line for line in (text(self.whole.data, "eligibility_description"), self._ages()) if line]

    @property
    def ways(self) -> list[Way]:
        """How to reach it."""
        return ways_of(self.whole)

    @property
    def is_remote(self) -> bool:
        """Whether one can have it by telephone or online."""
        return is_remote(self.whole)

    @property
    def cost(self) -> str:
        """What it costs, in a word or two."""
        return cost_in_words(self.whole)

    @property
    def costs(self) -> list[str]:
        """What it costs, line by line."""
        lines = [_cost(row) for row in rows(self.whole.data, "cost_options")]
        return [line for line in (text(self.whole.data, "fees_description"), *lines) if line]

    @property
    def documents(self) -> list[str]:
        """What to bring."""
        return [line for row in rows(self.whole.data, "required_documents") if (line := text(row, "document"))]

    @property
    def languages(self) -> list[str]:
        """In which languages it is given."""
        return language_names(self.whole)

    @property
    def areas(self) -> list[str]:
        """Where it serves, where it says so."""
        return [line for row in rows(self.whole.data, "service_areas") if (line := text(row, "name"))]

    def said(self, name: str) -> str:
        """A field of the service, as text."""
        return text(self.whole.data, name)

    def of_organization(self, name: str) -> str:
        """A field of whoever runs it, as text."""
        return text(self.whole.organization, name)

    def _ages(self) -> str:
        least, most = (_number(self.whole.data.get(name)) for name in ("minimum_age", "maximum_age"))
        if least and most:
            return _("From %(least)s to %(most)s years of age.") % {"least": least, "most": most}
        if least:
            return ngettext("From %s year of age on.", "From %s years of age on.", int(float(least))) % least
        return _("Up to %(most)s years of age.") % {"most": most} if most else ""


@dataclass(frozen=True)
class OrganizationPage:
    """Who runs services.

    Args:
        data: what the directory says of it.
        source: from which directory, and under which licence.
        is_there: whether its source still has it.
        cards: its services.
        is_all: whether these are all.
    """

    data: Data
    source: Any
    is_there: bool
    cards: Sequence[Card]
    is_all: bool

    @property
    def name(self) -> str:
        """What it is called."""
        return text(self.data, "name")

    @property
    def paragraphs(self) -> list[str]:
        """What it is."""
        return _paragraphs(text(self.data, "description"))

    @property
    def ways(self) -> list[Way]:
        """How to reach it."""
        return ways_of(Whole(Service(), {}, self.data))


def service_page(service_id: str, at: datetime.datetime | None = None) -> ServicePage | None:
    """A service whole; None if there never was one of this id."""
    known = Service.objects.select_related("source").filter(pk=service_id)
    record = known.first() if "\0" not in service_id else None
    if record is None:
        return None
    at = at or timezone.now()
    (whole,) = gathered([record])
    places = [_somewhere(whole, given, at) for given in whole.places if given.location]
    return ServicePage(
        whole,
        standing_of([record])[record.id],
        hours_of(whole, Given({}, {}), at),
        [place for place in places if place.name or place.lines],
    )


def organization_page(organization_id: str) -> OrganizationPage | None:
    """An organisation; None if there never was one of this id."""
    known = Organization.objects.select_related("source").filter(pk=organization_id)
    record = known.first() if "\0" not in organization_id else None
    if record is None:
        return None
    services = Service.objects.filter(organization_id=organization_id, retired_at=None).order_by("id")
    ids = list(services.values_list("id", flat=True)[: MOST_SERVICES + 1])
    shown = cards_for([AskedCard(key) for key in ids[:MOST_SERVICES]])
    shown.sort(key=lambda card: (not card.freshness.is_current, card.name.lower()))
    is_all = len(ids) <= MOST_SERVICES
    return OrganizationPage(record.overlaid, record.source, record.retired_at is None, shown, is_all)


def _somewhere(whole: Whole, given: Given, at: datetime.datetime) -> Somewhere:
    data = given.location
    address = next(iter(rows(data, "addresses")), {})
    kind = text(data, "location_type")
    access = [f"{text(row, 'description')} {text(row, 'details')}".strip() for row in rows(data, "accessibility")]
    return Somewhere(
        text(data, "name"),
        _address(address),
        spot_of(data),
        [line for name in ("description", "transportation") if (line := text(data, name))],
        [line for line in access if line],
        hours_of(whole, given, at),
        is_letterbox=kind == POSTAL or text(address, "address_type") == POSTAL,
    )


def _address(address: Data) -> list[str]:
    parts = ("attention", "address_1", "address_2", "city", "region", "state_province", "postal_code")
    lines = [text(address, name) for name in parts]
    code = text(address, "country").upper()
    country = country_name(code)
    return [line for line in dict.fromkeys([*lines, country if country != code else ""]) if line]


def _cost(row: Data) -> str:
    """One line of what it costs: "Usual share: 25 GBP, an hour"."""
    amount, currency = _number(row.get("amount")), text(row, "currency").upper()
    sum_of = _("nothing") if amount == "0" else f"{amount} {currency}".strip() if amount else ""
    said = ", ".join(part for part in (sum_of, text(row, "amount_description")) if part)
    option = text(row, "option")
    return f"{option}: {said}" if option and said else option or said


def _number(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return formats.number_format(int(value) if value == int(value) else value) if abs(value) < 10**9 else ""


def _paragraphs(words: str) -> list[str]:
    return [line for part in words.splitlines() if (line := part.strip())]
