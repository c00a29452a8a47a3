"""Which records a list has, and one page of them: always in the order of their ids, without what is retired."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _

from leeward.library.directory.api.asked import METRES, MOST_A_PAGE, MOST_MINIMAL, Filtered, Places, Services, Terms
from leeward.library.directory.api.models import ServiceTerm
from leeward.library.directory.api.seeking import Seeking, seeking
from leeward.library.directory.models import (
    CORE,
    Location,
    Organization,
    Program,
    Record,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
)

MOST_WORDS = 12
MANY = 2_000
"""So many records of a table that changed are many."""
_SEARCHED = ("name", "alternate_name", "description")


class NotSo(Exception):
    """A parameter cannot be taken as it is: its name, and why, in words for whoever asks."""

    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__(parameter, reason)
        self.parameter, self.reason = parameter, reason


class Page(NamedTuple):
    """A page of a list.

    Args:
        records: those on it.
        head: the fields of HSDS's `Page`, without `contents`.
    """

    records: list[Record]
    head: dict[str, Any]


def shown(kind: str) -> QuerySet[Record]:
    """All records of a table that are given out."""
    return CORE[kind]._default_manager.filter(retired_at=None)


def page_of(rows: QuerySet[Record], number: int, size: int) -> Page:
    """One page. Far pages are counted off in an index of ids alone: what they pass over is not read.

    Args:
        rows: the list.
        number: the page, from 1 on; beyond the last it is empty.
        size: records of a page.
    """
    before = (number - 1) * size
    ids = list(rows.order_by("id").values_list("id", flat=True)[before : before + size])
    ends_here = len(ids) < size and bool(ids or not before)
    total = before + len(ids) if ends_here else rows.count()
    pages = -(-total // size)
    records = list(rows.model._default_manager.filter(id__in=ids).order_by("id"))
    head = {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(records),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not records,
    }
    return Page(records, head)


def size_of(asked: Services) -> int:
    """How many services a page has."""
    if asked.minimal:
        return asked.per_page if "per_page" in asked.model_fields_set else MOST_MINIMAL
    if asked.per_page > MOST_A_PAGE:
        raise NotSo("per_page", _("It can be more than %(most)d with minimal only.") % {"most": MOST_A_PAGE})
    return asked.per_page


def services(asked: Filtered) -> QuerySet[Record]:
    """The services that fit."""
    rows = shown("service").filter(*_of_services(asked, key="id"))
    if asked.modified_after:
        rows = _showing(rows, asked.modified_after, _services_since(asked.modified_after))
    return rows


def places(asked: Places) -> QuerySet[Record]:
    """Where services are given that fit."""
    rows: QuerySet[Any] = shown("service_at_location").filter(*_of_services(asked, key="service_id"))
    if asked.modified_after:
        rows = _showing(rows, asked.modified_after, _places_since(asked.modified_after))
    if asked.proximity is not None and asked.postcode is None:
        raise NotSo("proximity", _("It needs a postcode, from which it is measured."))
    if asked.postcode is not None:
        metres = METRES if asked.proximity is None else asked.proximity
        near = _seeking("postcode").near(Location.objects.filter(retired_at=None), asked.postcode, metres)
        if near is None:
            raise NotSo("postcode", _("No postcode like this is known here."))
        rows = rows.filter(location_id__in=near.values("id"))
    return rows


def terms(asked: Terms) -> QuerySet[Record]:
    """The terms of taxonomies that fit."""
    rows: QuerySet[Any] = searched("taxonomy_term", asked.search)
    if asked.taxonomy_id is not None:
        rows = rows.filter(taxonomy_id=asked.taxonomy_id)
    if asked.parent_id is not None:
        rows = rows.filter(parent_id=asked.parent_id)
    return rows.filter(parent_id="") if asked.top_only else rows


def searched(kind: str, text: str) -> QuerySet[Record]:
    """The records of a table whose names and descriptions say all the words. Services are searched by their index."""
    rows = shown(kind)
    for word in text.split()[:MOST_WORDS]:
        said = (Q(**{f"data__{field}__icontains": word}) for field in _SEARCHED)
        here = (Q(**{f"edits__{field}__is__icontains": word}) for field in _SEARCHED)
        rows = rows.filter(reduce(or_, (*said, *here)))
    return rows


def _of_services(asked: Filtered, *, key: str) -> list[Q]:
    """The filters that are about services.

    Args:
        asked: the parameters.
        key: the column that holds the service's id.
    """
    found: list[Q] = []
    if asked.search.strip():
        found.append(Q(**{f"{key}__in": _seeking("search").saying(asked.search)}))
    if asked.taxonomy_term_id is not None:
        found.append(_carrying(key, term_id=asked.taxonomy_term_id))
    if asked.taxonomy_id is not None:
        of_it = TaxonomyTerm.objects.filter(taxonomy_id=asked.taxonomy_id).values("id")
        found.append(_carrying(key, term_id__in=of_it))
    if asked.organization_id is not None:
        theirs = Service.objects.filter(organization_id=asked.organization_id)
        found.append(Q(**{f"{key}__in": theirs.values("id")}))
    return found


def _carrying(key: str, **term: Any) -> Q:
    return Q(**{f"{key}__in": ServiceTerm.objects.filter(**term).values("service_id")})


def _seeking(parameter: str) -> Seeking:
    try:
        return seeking()
    except LookupError as error:
        raise NotSo(parameter, _("This place has nothing to look that up in.")) from error


def _changed(model: type[Record], since: datetime.datetime) -> QuerySet[Any, Any]:
    return model._default_manager.filter(changed_at__gte=since).values("id")


def _showing(rows: QuerySet[Record], since: datetime.datetime, by_table: Mapping[type[Record], Q]) -> QuerySet[Record]:
    """Those that show something that changed. Few are looked up by indexes; else going through the list takes less.

    Args:
        rows: the list.
        since: the moment.
        by_table: for each table of which it shows something, the rows that show what changed of it.
    """
    many = {model: _changed(model, since)[:MANY].count() for model in by_table}
    conditions = [by_table[model] for model in by_table if many[model]]
    if not conditions:
        return rows.none()
    if max(many.values()) == MANY:  # said so that SQLite does not look all of them up nevertheless
        return rows.alias(shows=Case(When(reduce(or_, conditions), then=True), default=False)).filter(shows=True)
    first, *others = (rows.model._default_manager.filter(one).values("id") for one in conditions)
    return rows.filter(id__in=first.union(*others))


def _services_since(since: datetime.datetime) -> dict[type[Record], Q]:
    given = ServiceAtLocation.objects.filter(changed_at__gte=since)
    there = ServiceAtLocation.objects.filter(location_id__in=_changed(Location, since))
    return {
        Service: Q(changed_at__gte=since),
        Organization: Q(organization_id__in=_changed(Organization, since)),
        Program: Q(program_id__in=_changed(Program, since)),
        ServiceAtLocation: Q(id__in=given.values("service_id")),
        Location: Q(id__in=there.values("service_id")),
    }


def _places_since(since: datetime.datetime) -> dict[type[Record], Q]:
    return {
        ServiceAtLocation: Q(changed_at__gte=since),
        Service: Q(service_id__in=_changed(Service, since)),
        Location: Q(location_id__in=_changed(Location, since)),
    }
