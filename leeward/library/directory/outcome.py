"""What an import did, or would do: counted, and named where somebody has to look."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from leeward.library.directory.reading.found import Origin

T = TypeVar("T")

MOST_NAMED = 10_000
"""How many of each sort are named; all are counted. A file that is broken throughout must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is not sound.

    Attributes:
        origin: where it was read.
        reason: a sentence.
        kind: the table of the record; "" if nobody can say.
        id: of the record; "" likewise.
        path: where in the record, as `phones[0].number`; "" for the record itself.
    """

    origin: Origin
    reason: str
    kind: str = ""
    id: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that was changed here, and that the directory now tells otherwise than when it was changed.

    Attributes:
        kind: the table of the record.
        id: of the record.
        field: the field.
        here: what stands here, and goes on standing.
        was: what the directory said when it was changed here.
        now: what it says now.
    """

    kind: str
    id: str
    field: str
    here: Any
    was: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Change:
    """A record that is new, changed, retired or came back.

    Attributes:
        kind: its table.
        id: its id.
        what: "new", "changed", "retired" or "returned".
        fields: of a changed one: field -> before and after; None: not there.
    """

    kind: str
    id: str
    what: str
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)


class Named(Generic[T]):
    """A list that counts all and holds the first.

    Args:
        most: how many it holds.
    """

    def __init__(self, most: int = MOST_NAMED) -> None:
        self.most, self.count = most, 0
        self.first: list[T] = []

    def add(self, one: T) -> None:
        """Count it, and hold it if there is room."""
        self.count += 1
        if len(self.first) < self.most:
            self.first.append(one)

    def __iter__(self) -> Iterator[T]:
        return iter(self.first)

    def __len__(self) -> int:
        return self.count


COUNTED = ("new", "changed", "same", "returned", "retired", "refused", "elsewhere")
"""What is counted for each kind; `elsewhere`: another source brought the same record, word for word."""


@dataclass
class Outcome:
    """All that an import did, or would do.

    Attributes:
        counts: kind -> what -> how many; see `COUNTED`.
        faults: what was refused.
        remarks: what is broken, and was kept as it came.
        conflicts: records that are told in two ways; the first stays.
        differences: fields that were changed here, and that the directory changed too.
        changes: records that are new, changed, retired or came back.
        fatal: whether something could not be read to its end.
        kept: whether anything was written; not in a rehearsal, nor where `strict` met anything broken.
        retiring: why nothing was retired; "" if it was.
    """

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    faults: Named[Trouble] = field(default_factory=Named)
    remarks: Named[Trouble] = field(default_factory=Named)
    conflicts: Named[Trouble] = field(default_factory=Named)
    differences: Named[Difference] = field(default_factory=Named)
    changes: Named[Change] = field(default_factory=Named)
    fatal: bool = False
    kept: bool = True
    retiring: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether nothing at all was broken."""
        return not (self.faults.count or self.remarks.count or self.conflicts.count)

    def counted(self) -> dict[str, dict[str, int]]:
        """The counts as plain data."""
        counted = {kind: {what: n for what, n in counts.items() if n} for kind, counts in self.counts.items()}
        return {kind: counts for kind, counts in counted.items() if counts}
