"""Whole trees of HSDS out of records: what stands by its id is put in its place again, for many records at once.

Never longer than a few questions to the database, however many records. Trees may share what they hold: change none.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Q

from leeward.library.directory.hsds import TABLES
from leeward.library.directory.models import CORE, Record
from leeward.library.directory.tables import Reference

Tree = dict[str, Any]


class Depth(enum.IntEnum):
    """How much of a tree is grown."""

    MINIMAL = 1
    """Its id, its name, and when it was changed."""
    LISTED = 2
    """What there is one of: single fields, the organization and the program of a service, the location of a
    service_at_location. Lists are left out."""
    FULL = 3
    """Everything. An organization lists its services with their single fields only."""
    WHOLE = 4
    """Everything, and an organization's services in full."""


def grown(
    kind: str,
    records: Iterable[Record],
    *,
    to: Depth,
    with_retired: bool = False,
    held: set[tuple[str, str]] | None = None,
) -> list[Tree]:
    """The trees of records, in their order, as this place shows them (`Record.overlaid`).

    Args:
        kind: their table.
        records: as asked from the database; none of their fields may be deferred.
        to: how much is grown.
        with_retired: whether what its source no longer has stands within trees. Else only its id is told, in the
            column of the standard (`organization_id`).
        held: takes up the kinds and ids of all that stands within the trees.
    """
    given = list(records)
    if to is Depth.MINIMAL:
        return [_minimal(record) for record in given]
    shelf = _Shelf(with_retired)
    shelf.put(kind, given)
    shelf.fill(kind, to)
    grower = _Grower(shelf, to)
    trees = [grower.tree(kind, record.id, record.overlaid) for record in given]
    if held is not None:
        held.update((held_kind, one) for held_kind, one, _within in grower.made)
    return trees


def _minimal(record: Record) -> Tree:
    data = record.overlaid
    tree = {"id": record.id, "name": data.get("name"), "last_modified": data.get("last_modified")}
    return {field: value for field, value in tree.items() if value is not None}


def term_ids(kind: str, data: Mapping[str, Any]) -> set[str]:
    """The taxonomy terms that a record's attributes name, those of its children too."""
    found: set[str] = set()
    _gather(kind, data, found)
    return found


def _gather(table: str, data: Mapping[str, Any], found: set[str]) -> None:
    for field in TABLES[table].nested & data.keys():
        value = data[field]
        if field in TABLES[table].children and isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    _gather(TABLES[table].children[field], row, found)
        elif field == "taxonomy_term" and isinstance(value, str):
            found.add(value)


class _Shelf:
    """The records that trees are made of, by kind and id, and who names whom from the other side."""

    def __init__(self, with_retired: bool) -> None:
        self.with_retired = with_retired
        self.records: dict[str, dict[str, Record]] = {kind: {} for kind in CORE}
        self.naming: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def put(self, kind: str, records: Iterable[Record]) -> None:
        self.records[kind].update((record.id, record) for record in records)

    def fill(self, kind: str, to: Depth) -> None:
        """Fetch what the trees of a kind hold, from the outside inwards."""
        full = to > Depth.LISTED
        if full and kind == "organization":
            self._fetch("service", "organization_id")
        if full and (kind == "service" or to is Depth.WHOLE):
            self._fetch("service_at_location", "service_id", self._listed("service", "service_at_locations"))
        self._fetch("location", None, self._listed("service_at_location", "location"))
        self._fetch("service", None, self._listed("service_at_location", "service"))
        self._fetch("program", None, self._listed("service", "program"))
        self._fetch("organization", None, self._listed("service", "organization"))
        if full:
            self._fetch("location", "organization_id", self._listed("organization", "locations"))
            self._fetch("program", "organization_id", self._listed("organization", "programs"))
            self._fetch("taxonomy_term", None, self._named_terms())
        self._fetch("taxonomy", None, self._listed("taxonomy_term", "taxonomy_detail"))

    def _listed(self, kind: str, field: str) -> set[str]:
        ids: set[str] = set()
        for record in self.records[kind].values():
            value = record.overlaid.get(field)
            ids.update(one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
        return ids

    def _named_terms(self) -> set[str]:
        return {
            term for kind in CORE for record in self.records[kind].values() for term in term_ids(kind, record.overlaid)
        }

    def _fetch(self, kind: str, naming: str | None, ids: Collection[str] = ()) -> None:
        """Fetch records by id, and those that name what is here in a column."""
        missing = {one for one in ids if one and one not in self.records[kind]}
        which = Q(id__in=missing) if missing else Q()
        named = "organization" if naming == "organization_id" else "service"
        if naming and self.records[named]:
            which |= Q(**{f"{naming}__in": list(self.records[named])})
        if not which:
            return
        found = list(CORE[kind]._default_manager.filter(which).order_by("id"))
        self.put(kind, found)
        if naming:
            for record in found:
                if record.retired_at is None or self.with_retired:
                    self.naming[kind, naming][getattr(record, naming)].append(record.id)

    def get(self, kind: str, one: str) -> Record | None:
        return self.records[kind].get(one)

    def is_shown(self, record: Record) -> bool:
        return record.retired_at is None or self.with_retired


class _Grower:
    """Puts records in their places."""

    def __init__(self, shelf: _Shelf, to: Depth) -> None:
        self.shelf = shelf
        self.to = to
        self.made: dict[tuple[str, str, str], Tree] = {}

    def tree(self, kind: str, one: str, data: Mapping[str, Any], within: str = "") -> Tree:
        """The tree of a record.

        Args:
            kind: its table.
            one: its id.
            data: its overlaid fields.
            within: the table of the record that it stands in; what leads back there is left out.
        """
        tree: Tree = {}
        references, children = TABLES[kind].references, TABLES[kind].children
        for field, value in data.items():
            if field in references:
                self._refer(tree, field, references[field], value, kind, within)
            elif field in children:
                if self.to > Depth.LISTED:
                    tree[field] = self._rows(children[field], value)
            elif self.to > Depth.LISTED or not isinstance(value, list | dict):
                tree[field] = value
        if self.to > Depth.LISTED:
            for field, to in references.items():
                if to.many and not _leads_back(kind, field, within):
                    self._list(tree, field, to, one, kind)
        return tree

    def _refer(self, tree: Tree, field: str, to: Reference, value: Any, kind: str, within: str) -> None:
        if to.many:
            if self.to > Depth.LISTED and isinstance(value, list) and not _leads_back(kind, field, within):
                stubs = [self._stub(to, one, kind) for one in value]
                tree[field] = [stub for stub in stubs if stub is not None]
            return
        if _leads_back(kind, field, within):
            return
        record = self.shelf.get(to.to, value) if isinstance(value, str) else None
        if record is not None and self.shelf.is_shown(record):
            tree[field] = self._held(to.to, record, kind)
        elif isinstance(value, str):
            tree.setdefault(to.key, value)
        else:
            tree[field] = value

    def _stub(self, to: Reference, one: Any, kind: str) -> Any:
        """What stands in a list: the record; its id, if it is not here; None: it was refused, or its source lost it."""
        if not isinstance(one, str):
            return one
        record = self.shelf.get(to.to, one)
        if record is None:
            return {"id": one} if to.to != "service_at_location" else None
        return self._held(to.to, record, kind) if self.shelf.is_shown(record) else None

    def _list(self, tree: Tree, field: str, to: Reference, one: str, kind: str) -> None:
        """Add those that name this record from their side and are not listed by it."""
        naming = self.shelf.naming[to.to, to.key].get(one, ())
        if not naming:
            return
        listed = tree.get(field, [])
        here = {row["id"] for row in listed if isinstance(row, dict) and "id" in row}
        more = [self._held(to.to, self.shelf.records[to.to][other], kind) for other in naming if other not in here]
        if more:
            tree[field] = [*listed, *more]

    def _held(self, kind: str, record: Record, within: str) -> Tree:
        key = (kind, record.id, within)
        if key not in self.made:
            held = self
            if (kind, within, self.to) == ("service", "organization", Depth.FULL):
                held = _Grower(self.shelf, Depth.LISTED)
            self.made[key] = held.tree(kind, record.id, record.overlaid, within)
        return self.made[key]

    def _rows(self, table: str, rows: Any) -> Any:
        if not isinstance(rows, list):
            return rows
        nested = TABLES[table].nested
        return [self._row(table, row) if isinstance(row, dict) and nested & row.keys() else row for row in rows]

    def _row(self, table: str, row: Mapping[str, Any]) -> Tree:
        return self.tree(table, "", row)


def _leads_back(kind: str, field: str, within: str) -> bool:
    """Whether a field of a record leads to the one that holds it; an organization in a service never lists services."""
    if (kind, field) == ("organization", "services"):
        return bool(within)
    back: dict[tuple[str, str], str] = {
        ("service", "organization"): "organization",
        ("service_at_location", "service"): "service",
        ("service", "service_at_locations"): "service_at_location",
    }
    return back.get((kind, field)) == within
