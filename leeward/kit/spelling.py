"""How a statement is sent: plain numbers written out in it, each value handed over once, however often it stands there.

Django hands over a parameter for each place: a hundred for a question with the rule in it, of which four differ. With
the numbers written out PostgreSQL also knows them when it plans a prepared statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_PLACE = re.compile(r"(?<!%)%s")

Filled = Sequence[tuple[int, str, Callable[[Any], Any] | None]]


@dataclass(frozen=True)
class Spelt:
    """A statement as its database's own module takes it.

    Args:
        sql: with its values by their keys.
        constants: the values that are always the same, by their key.
        filled: the others: key, name of the value, and the type as which it is sent.
    """

    sql: str
    constants: dict[str, Any]
    filled: tuple[tuple[str, str, Callable[[Any], Any] | None], ...]

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What is handed over with it."""
        values = {key: sent_as(given[name]) if sent_as else given[name] for key, name, sent_as in self.filled}
        return values | self.constants if self.constants else values


def spelt(sql: str, parameters: Sequence[Any], filled: Filled, *, vendor: str) -> Spelt:
    """A statement of Django's, with a "%s" in each place, as the database's own module takes it.

    Args:
        sql: it.
        parameters: what stands in each place.
        filled: the places that are filled each time.
        vendor: "sqlite" or "postgresql".
    """
    by_place = {place: (name, sent_as or _sent(parameters[place], vendor)) for place, name, sent_as in filled}
    keys: dict[Hashable, str] = {}
    ours: list[tuple[str, str, Callable[[Any], Any] | None]] = []
    constants: dict[str, Any] = {}
    first, *rest = _PLACE.split(sql)
    said = [first]
    for place, (parameter, after) in enumerate(zip(parameters, rest, strict=True)):
        value = by_place.get(place)
        if value is None and isinstance(parameter, int):
            said += _written_out(parameter), after
            continue
        same = _same(place, value, vendor)
        if same not in keys:
            keys[same] = f"p{len(keys)}"
            if value is None:
                constants[keys[same]] = parameter
            else:
                ours.append((keys[same], *value))
        said += f"%({keys[same]})s" if vendor == "postgresql" else f":{keys[same]}", after
    text = "".join(said)
    return Spelt(text if vendor == "postgresql" else text.replace("%%", "%"), constants, tuple(ours))


def _same(place: int, value: tuple[str, Any] | None, vendor: str) -> Hashable:
    """What makes two places take the same value. PostgreSQL settles the type of a text by where it stands."""
    if value is None:
        return ("constant", place)
    return value if vendor == "sqlite" or value[1] is not None else (*value, place)


def _sent(mark: Any, vendor: str) -> Callable[[Any], Any] | None:
    """As which type a value is sent that Django gave none. PostgreSQL prepares a statement anew for each width."""
    if vendor != "postgresql" or type(mark) is not int:
        return None
    from psycopg.types.numeric import Int8  # noqa: PLC0415  # only where there is PostgreSQL

    return Int8


def _written_out(number: int) -> str:
    if isinstance(number, bool):
        return "TRUE" if number else "FALSE"
    return str(int(number)) if number >= 0 else f"({int(number)})"
