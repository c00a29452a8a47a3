"""What a table of HSDS is: its fields, what it holds, what it points at. The tables themselves are in `hsds.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

CORE_ORDER = ("taxonomy", "taxonomy_term", "organization", "program", "location", "service", "service_at_location")
"""The core tables, in the order in which they are written: what is pointed at comes first."""


@dataclass(frozen=True)
class Field:
    """A field that holds one value.

    Attributes:
        name: as in the standard.
        type: "string" or "number".
        format: "uuid", "uri", "email", "date", "time", "date-time" or "".
        enum: the values there are; empty: any.
        required: whether a record without it is none.
    """

    name: str
    type: str = "string"
    format: str = ""
    enum: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Reference:
    """A field in which trees hold other core records, and records their ids.

    Attributes:
        to: the core table.
        many: whether it is a list.
        key: the column that says the same in tables.
        here: whether the column is in this table; else in the other one.
    """

    to: str
    key: str
    many: bool = False
    here: bool = True


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        name: as in the standard ("service").
        file: of the tabular data package ("services.csv").
        fields: what holds one value, by name, in the standard's order; foreign keys too.
        children: field -> table; lists of rows that stand within the record.
        inner: field -> table; one row that stands within the record (a capacity's unit).
        references: field -> reference; core records elsewhere.
        parents: column -> table; where a row of this table stands within: the inverse of `children`.
    """

    name: str
    file: str
    fields: Mapping[str, Field]
    children: Mapping[str, str] = field(default_factory=dict)
    inner: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_core(self) -> bool:
        """Whether its rows are records of their own."""
        return self.name in CORE_ORDER

    @cached_property
    def nested(self) -> frozenset[str]:
        """The fields that hold more than one value."""
        return frozenset({*self.children, *self.inner, *self.references})

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The fields without which it is no record."""
        return tuple(name for name, known in self.fields.items() if known.required)
