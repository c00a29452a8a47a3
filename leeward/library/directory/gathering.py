"""Services with all that stands around them, read for many at once with the same number of questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from leeward.library.directory.models import (
    Location,
    Organization,
    Program,
    Service,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
)

Data = Mapping[str, Any]
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
        """One of its places; past the last, as it is given without one."""
        return self.places[number] if number < len(self.places) else Given({}, {})

    def codes(self, taxonomy: str) -> list[str]:
        """The codes that it has of a taxonomy."""
        return [term.code for term in self.terms if term.taxonomy == taxonomy]


def gathered(services: Iterable[Service]) -> list[Whole]:
    """Each with all that stands around it; seven questions at most, however many there are."""
    records = list(services)
    ids = [record.id for record in records]
    data = {record.id: record.overlaid for record in records}
    given = list(ServiceAtLocation.objects.filter(service_id__in=ids, retired_at=None).order_by("id"))
    locations = _overlaid(Location.objects.filter(id__in={one.location_id for one in given}, retired_at=None))
    organizations = _overlaid(Organization.objects.filter(id__in={record.organization_id for record in records} - {""}))
    programs = _overlaid(Program.objects.filter(id__in={record.program_id for record in records} - {""}))
    terms = _terms({term for said in data.values() for term in _term_ids(said)})
    places: dict[str, list[Given]] = defaultdict(list)
    for one in given:
        places[one.service_id].append(Given(one.overlaid, locations.get(one.location_id, {})))
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


def _overlaid(records: QuerySet[Any]) -> dict[str, Data]:
    """What they say, by their ids. Few were ever changed here: of the others no record is made."""
    return {
        key: records.model(data=data, edits=edits).overlaid if edits else data
        for key, data, edits in records.values_list("id", "data", "edits")
    }


def _term_ids(data: Data) -> Iterator[str]:
    for row in rows(data, "attributes"):
        if isinstance(term := row.get("taxonomy_term"), str):
            yield term


def _terms(ids: Collection[str]) -> dict[str, Term]:
    found = list(TaxonomyTerm.objects.filter(id__in=ids))
    names = _overlaid(Taxonomy.objects.filter(id__in={term.taxonomy_id for term in found} - {""}))
    terms = {}
    for term in found:
        data = term.overlaid
        taxonomy = text(data, "taxonomy") or text(names.get(term.taxonomy_id, {}), "name")
        terms[term.id] = Term(term.id, taxonomy, text(data, "code"), text(data, "name"))
    return terms
