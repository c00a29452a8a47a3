"""Trees of HSDS taken apart into records, and made whole again.

`parts` is for whoever brings in; `grown` (see `growing.py`) for whoever gives out or shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leeward.library.directory.growing import Depth, grown
from leeward.library.directory.hsds import TABLES
from leeward.library.directory.tables import CORE_ORDER, Reference, Table

__all__ = ["Depth", "Part", "TreeRefused", "grown", "parts", "united"]

DEEPEST = 40
"""Records within records. The deepest path that HSDS has is ten; a service in its organization's services, and so on,
ends here."""

Remark = Callable[[str, str], None]
"""Called with a path and a sentence, for what contradicts itself."""
Heard = Callable[[str, dict[str, Any]], bool]
"""Called with the table and the tree of a record within another; whether it has been told before, word for word."""


@dataclass(frozen=True, slots=True)
class Part:
    """A core record that stood in a tree.

    Attributes:
        kind: its table.
        id: its id.
        data: its own fields and children; where another core record stood, its id (see `hsds.py`).
        path: where it stood; "" for the tree itself.
    """

    kind: str
    id: str
    data: dict[str, Any]
    path: str = ""


class TreeRefused(Exception):
    """A tree cannot be taken apart, and why, in words for the person who keeps the directory."""


def parts(
    kind: str,
    tree: dict[str, Any],
    remark: Remark = lambda path, reason: None,
    heard: Heard = lambda kind, tree: False,
) -> list[Part]:
    """The core records of a tree, in the order in which they are written; each id once, the tree itself among them.

    The tree is not changed. A record that stands in several places of it is one part, with all that is told anywhere.

    Args:
        kind: the table of the tree itself.
        tree: an object of JSON.
        remark: told where the same record is told differently, and what stands there without an id.
        heard: which records within it need not be taken again; they are no parts then, and nor is what they hold.

    Raises:
        TreeRefused: it has no id, or is nested too deeply.
    """
    if not _is_id(tree.get("id")):
        raise TreeRefused(_("It has no id, or one that is no text."))
    return _Taking(remark, heard).all_of(kind, tree)


def united(one: dict[str, Any], other: dict[str, Any], contradicts: Callable[[str], None]) -> dict[str, Any]:
    """What two tellings of one record say together. Where they contradict each other, the first stays.

    Args:
        one: a telling.
        other: another telling.
        contradicts: called with the name of each field that they tell differently.
    """
    data = dict(one)
    for field, value in other.items():
        have = data.get(field)
        if have == value or _is_empty(value):
            data.setdefault(field, value)
        elif _is_empty(have):
            data[field] = value
        elif isinstance(have, list) and isinstance(value, list):
            data[field] = _listed_together(have, value, lambda field=field: contradicts(field))  # type: ignore[misc]  # mypy takes the default for an argument
        else:
            contradicts(field)
    return data


def _listed_together(one: list[Any], other: list[Any], contradicts: Callable[[], None]) -> list[Any]:
    """Both lists in one, by ids. A row that both have and tell differently stays as the first has it."""
    known = {_key_of(row): row for row in one}
    together = list(one)
    for row in other:
        key = _key_of(row)
        if key not in known:
            known[key] = row
            together.append(row)
        elif known[key] != row:
            contradicts()
    return together


def _key_of(row: Any) -> str:
    return str(row["id"]) if isinstance(row, dict) and "id" in row else repr(row)


def _is_empty(value: Any) -> bool:
    return value is None or (value in ("", [], {}) and not isinstance(value, bool | int | float))


def _is_id(value: Any) -> bool:
    return type(value) is str and value != ""


class _Taking:
    """Takes one tree apart."""

    def __init__(self, remark: Remark, heard: Heard) -> None:
        self.remark, self.heard = remark, heard
        self.found: dict[tuple[str, str], Part] = {}

    def all_of(self, kind: str, tree: dict[str, Any]) -> list[Part]:
        self._record(kind, tree, "", 0)
        return sorted(self.found.values(), key=lambda part: CORE_ORDER.index(part.kind))

    def _record(self, kind: str, tree: dict[str, Any], path: str, depth: int, **also: str) -> None:
        data = self._own(TABLES[kind], tree, path, depth)
        for field, value in also.items():
            data = self._with(TABLES[kind], data, field, value, path)
        key = (kind, tree["id"])
        before = self.found.get(key)
        if before is None:
            self.found[key] = Part(*key, data if data is not tree else dict(tree), path)
        elif before.data != data:
            told = united(before.data, data, lambda field: self.remark(_joined(path, field), _differs(before.path)))
            self.found[key] = Part(*key, told, before.path)

    def _own(self, table: Table, tree: dict[str, Any], path: str, depth: int) -> dict[str, Any]:
        """The record with ids where other core records stand; itself, if there are none."""
        if depth > DEEPEST:
            raise TreeRefused(
                _("It is nested too deeply: a record within a record, %(count)d times.") % {"count": depth}
            )
        data = tree
        for field in [name for name in tree if name in table.nested]:
            value, reference = tree[field], table.references.get(field)
            if reference is not None:
                here = self._referred(reference, tree, field, _joined(path, field), depth)
            elif field in table.inner:
                inner = TABLES[table.inner[field]]
                here = self._own(inner, value, _joined(path, field), depth + 1) if isinstance(value, dict) else value
            else:
                here = self._rows(TABLES[table.children[field]], value, _joined(path, field), depth)
            if here is not value:
                data = dict(tree) if data is tree else data
                if here is None:
                    del data[field]
                else:
                    data[field] = here
        return self._without_keys(table, data, data is not tree, path)

    def _rows(self, table: Table, rows: Any, path: str, depth: int) -> Any:
        if not isinstance(rows, list):
            return rows
        taken = [
            self._own(table, row, f"{path}[{number}]", depth + 1) if isinstance(row, dict) else row
            for number, row in enumerate(rows)
        ]
        return rows if all(new is old for new, old in zip(taken, rows, strict=True)) else taken

    def _referred(self, to: Reference, tree: dict[str, Any], field: str, path: str, depth: int) -> Any:
        """The ids that stand instead of records; the records are parts of their own. None: nothing is kept here."""
        value = tree[field]
        if not to.many:
            return self._one(to, value, path, depth)
        if not isinstance(value, list):
            return value
        ids = []
        for number, row in enumerate(value):
            place = f"{path}[{number}]"
            held = {to.key: tree.get("id", "")} if self._belongs(to, row) else {}
            ids.append(self._one(to, row, place, depth, **held))
        kept = [one for one in ids if one is not None]
        return None if to.to == "service" else value if kept == value else kept

    @staticmethod
    def _belongs(to: Reference, row: Any) -> bool:
        """Whether what is listed takes down whose it is: services and where they are given; a location has many."""
        return to.to == "service_at_location" or (to.to == "service" and isinstance(row, dict) and len(row) > 1)

    def _one(self, to: Reference, value: Any, path: str, depth: int, **also: str) -> Any:
        if not isinstance(value, dict):
            return value
        if not _is_id(value.get("id")):
            self.remark(path, _("It has no id, or one that is no text. It was left out."))
            return None
        if (len(value) > 1 or also) and not self.heard(to.to, value):  # an id alone tells nothing of a record
            self._record(to.to, value, path, depth + 1, **also)
        return value["id"]

    def _without_keys(self, table: Table, data: dict[str, Any], own: bool, path: str) -> dict[str, Any]:
        """`organization_id` becomes `organization`; where both stand and differ, both stay, and it is said."""
        for to in table.references.values():
            if to.here and to.key in data:
                if not own:
                    data, own = dict(data), True
                data = self._with(table, data, to.key, data.pop(to.key), path)
        return data

    def _with(self, table: Table, data: dict[str, Any], key: str, value: Any, path: str) -> dict[str, Any]:
        """The record, with a reference that was told by its column."""
        field = next(name for name, to in table.references.items() if to.here and to.key == key)
        have = data.get(field)
        if not _is_id(value):
            return {**data, key: value}
        if have is None or have == value:
            return {**data, field: value}
        self.remark(_joined(path, key), _("It names another record than the one that stands there."))
        return {**data, key: value}


def _joined(path: str, field: str) -> str:
    return f"{path}.{field}" if path else field


def _differs(before: str) -> str:
    if not before:
        return _("It is told differently by the record itself, and stays as it is there.")
    return _("It is told differently at %(path)s, and stays as it is there.") % {"path": before}
