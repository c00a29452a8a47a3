"""Whether a record of HSDS is sound. Compiled once: jsonschema takes a thousand times as long.

What is refused and what is only said:

- A record without a field that HSDS requires of it (an id, a name, a status …), or with a broken one, is refused, and
  named. So is what no database can hold: a NUL, half of a pair of surrogates, a number that is none.
- Any other broken field (an address without its scheme, a word where a number belongs, a phone without its number) is
  said, and kept as it came: nothing is lost, and who knows the directory can mend it there.

Ids need not be UUIDs, though HSDS asks for them: many directories in use have others. Fields that HSDS does not know
are extensions, and never broken. A null is taken as an empty field.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from leeward.library.directory.hsds import TABLES
from leeward.library.directory.models import LONGEST_ID
from leeward.library.directory.tables import Field, Table


class Flaw(NamedTuple):
    """Something that is not as HSDS has it.

    Args:
        path: where in the tree, as `phones[0].number`; "" for the record itself.
        reason: a sentence for the person who keeps the directory.
        grave: whether the record cannot be taken in for it.
    """

    path: str
    reason: str
    grave: bool = False


_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?", re.DOTALL)
_TIME = re.compile(r"[0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+")
_DOTS = {".", ".."}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_FORMS: dict[str, tuple[re.Pattern[str], Callable[[], str]]] = {
    "date": (_DATE, lambda: _("is no date, as 2026-11-21 is one")),
    "time": (_TIME, lambda: _("is no time, as 09:30 or 09:30Z is one")),
    "date-time": (_DATE_TIME, lambda: _("is no date with a time, as 2026-11-21T09:30:00Z is one")),
    "uri": (_ADDRESS, lambda: _("is no full address, as https://example.org is one")),
    "email": (_EMAIL, lambda: _("is no e-mail address")),
}


def faults_of(kind: str, tree: Mapping[str, Any]) -> list[Flaw]:
    """What is not sound in a record and in all its children; other core records within it are not looked at.

    Args:
        kind: a table of HSDS.
        tree: the record, with ids or with whole records where it refers to others.
    """
    table = TABLES[kind]
    flaws = [Flaw(name, _missing(), grave=True) for name in table.required if tree.get(name) in (None, "")]
    said = tree.get("id")
    if isinstance(said, str) and len(said) > LONGEST_ID:
        flaws.append(Flaw("id", _("is longer than %(count)d characters") % {"count": LONGEST_ID}, grave=True))
    elif isinstance(said, str) and not _DOTS.isdisjoint(said.split("/")):  # browsers would climb, and open another page
        flaws.append(Flaw("id", _("has steps of dots in it, which lead elsewhere in an address"), grave=True))
    _look(table, tree, "", flaws)
    return flaws


def _look(table: Table, tree: Mapping[str, Any], path: str, flaws: list[Flaw]) -> None:
    tests, children, inner = _TESTS[table.name], table.children, table.inner
    for name, value in tree.items():
        if value is None:
            continue
        test = tests.get(name)
        if test is not None:
            if reason := test(value):
                flaws.append(Flaw(path + name, reason, grave=not path and name in table.required))
        elif name in children:
            _look_at_list(TABLES[children[name]], value, path + name, flaws)
        elif name in inner and isinstance(value, dict):
            _look_within(TABLES[inner[name]], value, path + name, flaws)


def _look_at_list(table: Table, rows: Any, path: str, flaws: list[Flaw]) -> None:
    if not isinstance(rows, list):
        flaws.append(Flaw(path, _("is no list")))
        return
    for number, row in enumerate(rows):
        if isinstance(row, dict):
            _look_within(table, row, f"{path}[{number}]", flaws)
        else:
            flaws.append(Flaw(f"{path}[{number}]", _("is no record")))


def _look_within(table: Table, row: Mapping[str, Any], path: str, flaws: list[Flaw]) -> None:
    flaws += [Flaw(f"{path}.{name}", _missing()) for name in table.required if row.get(name) is None]
    _look(table, row, f"{path}.", flaws)


def _missing() -> str:
    return _("is missing, and HSDS requires it")


def _test(field: Field) -> Callable[[Any], str]:
    """What says why a value is broken, or ""."""
    if field.type == "number":
        return lambda value: "" if type(value) in {int, float} else _("is no number")
    if field.enum:
        known = frozenset(field.enum)
        return lambda value: (
            ""
            if isinstance(value, str) and value in known
            else _("is none of: %(values)s") % {"values": ", ".join(field.enum)}
        )
    if field.format in _FORMS:
        pattern, words = _FORMS[field.format]
        matches = pattern.fullmatch
        return lambda value: (
            _("is no text") if type(value) is not str else "" if not value or matches(value) else words()
        )
    return lambda value: "" if type(value) is str else _("is no text")


_TESTS: dict[str, dict[str, Callable[[Any], str]]] = {
    table.name: {name: _test(field) for name, field in table.fields.items()} for table in TABLES.values()
}


_IN_ORDER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class Unkeepable(Exception):
    """No database can hold this, and why."""


def digest_of(data: Mapping[str, Any]) -> str:
    """What tells one content from another: 32 characters, the same whatever the order of the fields.

    Raises:
        Unkeepable: no database can hold it.
    """
    try:
        text = _IN_ORDER(data)
        raw = text.encode()
    except UnicodeEncodeError as error:
        raise Unkeepable(_("has half a letter in it (a lone surrogate), which is no text")) from error
    except RecursionError as error:
        raise Unkeepable(_("is nested too deeply")) from error
    except (ValueError, TypeError) as error:
        raise Unkeepable(_("has a number in it that is none, or has thousands of digits")) from error
    if "\\u0000" in text and _has_nul(data):
        raise Unkeepable(_("has a NUL in it, which no text has"))
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any("\0" in key or _has_nul(inner) for key, inner in value.items())
    return isinstance(value, list) and any(map(_has_nul, value))
