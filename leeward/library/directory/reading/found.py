"""What reading a directory finds, one after the other: records, and faults that are named where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LOOSE = "loose:"
"""How the kind of a row begins whose record is not in what was read: `loose:phone`. Nothing is lost."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was read.

    Attributes:
        file: name of the file as its folder knows it, or the address of a page of an API.
        line: counted from 1; 0 where lines mean nothing.
        column: counted from 1 in characters; 0 where columns mean nothing.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True, slots=True)
class Read:
    """One record.

    Attributes:
        kind: a core table of HSDS ("service", "organization", …), or `loose:<table>`.
        tree: the record with everything that stood within it; of a loose row, its columns.
        origin: where it begins.
    """

    kind: str
    tree: dict[str, Any]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that could not be read.

    Attributes:
        origin: where.
        reason: a sentence for the person who keeps the file.
        fatal: a record, or all that follows, could not be read, so nobody can say what is no longer there.
    """

    origin: Origin
    reason: str
    fatal: bool = False


class ReadRefused(Exception):
    """Nothing can be read from this, and why, in words for the person who asked."""
