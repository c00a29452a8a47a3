"""How a statement is sent: what is always the same written out in it, each value handed over once, wherever it stands.

Django hands over a parameter for each place: a hundred for a question with the rule in it, of which four differ. With
numbers and our own plain names written out PostgreSQL also knows them when it plans a prepared statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_PLACE = re.compile(r"(?<!%)%s")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.]+")
"""A text that means nothing but itself where it stands between quotes, such as "stories.answer"."""
_SIGN = {"sqlite": "?", "postgresql": "$"}
"""What stands before the number of a value. In this form neither module reads a statement through again at each asking:
psycopg does so with more than 4,096 letters of it, which takes longer than the answer."""

Filled = Sequence[tuple[int, str, Callable[[Any], Any] | None]]


@dataclass(frozen=True)
class Constant:
    """A value that is always the same, and neither a number nor a plain name that could be written out."""

    value: Any


@dataclass(frozen=True)
class Filling:
    """A value that is filled in: its name, and the type as which it is sent, if not its own."""

    name: str
    sent_as: Callable[[Any], Any] | None

    def of(self, given: Mapping[str, Any]) -> Any:
        """It, among these."""
        value = given[self.name]
        return self.sent_as(value) if self.sent_as else value


@dataclass(frozen=True)
class Spelt:
    """A statement as its database's own module takes it.

    Args:
        sql: with its values by their numbers, from 1 on.
        sent: in their order: a value that is always the same; or the name of one that is filled in, and the type as
            which it is sent.
    """

    sql: str
    sent: tuple[Constant | Filling, ...]

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """What is handed over with it."""
        return [one.value if isinstance(one, Constant) else one.of(given) for one in self.sent]


def spelt(sql: str, parameters: Sequence[Any], filled: Filled, *, vendor: str) -> Spelt:
    """A statement of Django's, with a "%s" in each place, as the database's own module takes it.

    Args:
        sql: it.
        parameters: what stands in each place.
        filled: the places that are filled each time.
        vendor: "sqlite" or "postgresql".
    """
    by_place = {place: Filling(name, sent_as or _sent(parameters[place], vendor)) for place, name, sent_as in filled}
    numbers: dict[Hashable, int] = {}
    sent: list[Constant | Filling] = []
    first, *rest = _PLACE.split(sql)
    said = [first]
    for place, (parameter, after) in enumerate(zip(parameters, rest, strict=True)):
        filling = by_place.get(place)
        if filling is None and (written := _written_out(parameter)):
            said += written, after
            continue
        same = _same(place, filling, vendor)
        if same not in numbers:
            sent.append(filling or Constant(parameter))
            numbers[same] = len(sent)
        said += f"{_SIGN[vendor]}{numbers[same]}", after
    return Spelt("".join(said).replace("%%", "%"), tuple(sent))


def _same(place: int, filling: Filling | None, vendor: str) -> Hashable:
    """What makes two places take the same value. PostgreSQL settles the type of a text by where it stands."""
    if filling is None:
        return ("constant", place)
    return filling if vendor == "sqlite" or filling.sent_as is not None else (filling, place)


def _sent(mark: Any, vendor: str) -> Callable[[Any], Any] | None:
    """As which type a value is sent that Django gave none. PostgreSQL prepares a statement anew for each width."""
    if vendor != "postgresql" or type(mark) is not int:
        return None
    from psycopg.types.numeric import Int8  # noqa: PLC0415  # only where there is PostgreSQL

    return Int8


def _written_out(parameter: Any) -> str:
    """A number or a plain name as it stands in a statement; "" for all else, which is handed over."""
    if isinstance(parameter, bool):
        return "TRUE" if parameter else "FALSE"
    if isinstance(parameter, int):
        return str(int(parameter)) if parameter >= 0 else f"({int(parameter)})"
    return f"'{parameter!s}'" if isinstance(parameter, str) and _PLAIN_NAME.fullmatch(parameter) else ""
