"""Services with all that stands around them, read for many at once with the same number of questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from leeward.library.directory.models import (
    Location,
    Organization,
    Program,
    Record,
    Service,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
    overlaid,
)

Data = Mapping[str, Any]
Written = Mapping[type[Record], Mapping[str, Record]]
"""Records as they stand, by their ids: none of them retired."""
NOT_FOUND = frozenset({"inactive", "defunct"})
PAUSED = "temporarily closed"


@dataclass(frozen=True)
class Given:
    """That a service is given somewhere.

    Args:
        here: the record of service_at_location.
        location: the location's record; empty where the directory does not have it.
    """

    here: Data
    location: Data


@dataclass(frozen=True)
class Term:
    """A term of a taxonomy that a service carries."""

    id: str
    taxonomy: str
    code: str
    name: str


@dataclass(frozen=True)
class Whole:
    """A service and what stands around it.

    Args:
        record: the service's row.
        data: what it says, as this place shows it.
        organization: who runs it; empty where the directory does not say.
        program: of which it is a part; empty likewise.
        places: where it is given.
        terms: what it is and for whom.
    """

    record: Service
    data: Data
    organization: Data = field(default_factory=dict)
    program: Data = field(default_factory=dict)
    places: tuple[Given, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def is_offered(self) -> bool:
        """Whether it may be found: its source still has it, and it is not over."""
        return self.record.retired_at is None and text(self.data, "status") not in NOT_FOUND

    @property
    def is_paused(self) -> bool:
        """Whether it is closed for a while."""
        return text(self.data, "status") == PAUSED

    def given(self, number: int) -> Given:
        """One of its places, counted from 0; as it is given without one, if there is none of this number."""
        return self.places[number] if 0 <= number < len(self.places) else Given({}, {})

    def codes(self, taxonomy: str) -> list[str]:
        """The codes that it has of a taxonomy."""
        return [term.code for term in self.terms if term.taxonomy == taxonomy]


def gathered(services: Iterable[Service], written: Written | None = None) -> list[Whole]:
    """Each with all that stands around it; eight questions at most, however many there are.

    Args:
        services: some of them.
        written: what this transaction has just written, so that it is not read back.
    """
    written = written or {}
    records = list(services)
    ids = [record.id for record in records]
    data = {record.id: record.overlaid for record in records}
    at = ServiceAtLocation.objects.filter(service_id__in=ids, retired_at=None)
    given = list(at.order_by("id").values_list("id", "service_id", "location_id"))
    here = _overlaid(ServiceAtLocation, {one for one, _service, _location in given}, written)
    locations = _overlaid(Location, {location for _one, _service, location in given}, written, retired_at=None)
    organizations = _overlaid(Organization, {record.organization_id for record in records}, written)
    programs = _overlaid(Program, {record.program_id for record in records}, written)
    terms = _terms({term for said in data.values() for term in _term_ids(said)})
    places: dict[str, list[Given]] = defaultdict(list)
    for one, service, location in given:
        if one in here:
            places[service].append(Given(here[one], locations.get(location, {})))
    return [
        Whole(
            record,
            data[record.id],
            organizations.get(record.organization_id, {}),
            programs.get(record.program_id, {}),
            tuple(places[record.id]),
            tuple(terms[term] for term in _term_ids(data[record.id]) if term in terms),
        )
        for record in records
    ]


def text(data: Data, name: str) -> str:
    """A field as text; "" if it has none, or something else."""
    value = data.get(name)
    return value.strip() if isinstance(value, str) else ""


def rows(data: Data, name: str) -> list[Data]:
    """A list of rows that stand within a record; what is no row is left out."""
    value = data.get(name)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _overlaid(model: type[Record], ids: set[str], written: Written, **also: Any) -> dict[str, Data]:
    """What records say, by their ids. Few were ever changed here: of the others no object is made."""
    known = written.get(model, {})
    asked = model._default_manager.filter(id__in=[one for one in ids if one and one not in known], **also)
    found = {key: overlaid(data, edits) for key, data, edits in asked.values_list("id", "data", "edits")}
    return found | {one: known[one].overlaid for one in ids if one in known}


def _term_ids(data: Data) -> Iterator[str]:
    for row in rows(data, "attributes"):
        if isinstance(term := row.get("taxonomy_term"), str):
            yield term


def _terms(ids: Collection[str]) -> dict[str, Term]:
    found = list(TaxonomyTerm.objects.filter(id__in=ids))
    names = _overlaid(Taxonomy, {term.taxonomy_id for term in found}, {})
    terms = {}
    for term in found:
        data = term.overlaid
        taxonomy = text(data, "taxonomy") or text(names.get(term.taxonomy_id, {}), "name")
        terms[term.id] = Term(term.id, taxonomy, text(data, "code"), text(data, "name"))
    return terms
