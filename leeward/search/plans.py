"""What near means, as the facts index understands it: groups of terms with weights. Whole numbers, for ordering only.

`scored` says in plain Python what the index of the finder does in bits: the tests hold one against the other, and it
answers where the finder cannot be asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Group:
    """Terms that say one thing.

    Args:
        terms: facts, "facet:key".
        weight: what a document counts that has any of them; from 0 on.
        more: what it counts besides if it has two or more of them.
        makes_near: whether it makes a document near by itself; else it only counts where another group does.
    """

    terms: tuple[str, ...]
    weight: int
    more: int = 0
    makes_near: bool = True


@dataclass(frozen=True)
class Plan:
    """What is looked for. A document's weight is the sum of its groups'; one without any that makes it near is not."""

    groups: tuple[Group, ...] = ()

    def __bool__(self) -> bool:
        return any(group.terms and group.weight > 0 and group.makes_near for group in self.groups)

    @classmethod
    def of_facts(cls, facts: Iterable[str], weight: int = 1) -> Plan:
        """Each fact counts alike."""
        return cls(tuple(Group((fact,), weight) for fact in sorted(set(facts))))

    def to_json(self) -> list[Any]:
        """As it is sent to the finder."""
        return [[list(group.terms), group.weight, group.more, group.makes_near] for group in self.groups]

    @classmethod
    def from_json(cls, said: list[Any]) -> Plan:
        """As it was sent."""
        return cls(tuple(Group(tuple(terms), int(weight), int(more), bool(near)) for terms, weight, more, near in said))


def weigh(plan: Plan, facts: frozenset[str]) -> int:
    """What a document with these facts weighs; 0: it is not near."""
    near, besides = 0, 0
    for group in plan.groups:
        has = len(facts.intersection(group.terms))
        counts = (group.weight if has else 0) + (group.more if has > 1 else 0)
        near, besides = (near + counts, besides) if group.makes_near else (near, besides + counts)
    return near + besides if near else 0


@dataclass(frozen=True)
class Row:
    """A document of the index: its key, kind and thing, when it was first shown, its facts, and when it changed."""

    key: int
    kind: str
    thing_id: int
    at: int
    facts: frozenset[str]
    changed_at: int = 0


def scored(plan: Plan, rows: Iterable[Row]) -> list[tuple[int, Row]]:
    """Weights and rows, heaviest first; of equal weight the newest first, then the higher key. None that weighs 0."""
    found = [(weigh(plan, row.facts), row) for row in rows]
    found = [one for one in found if one[0] > 0]
    return sorted(found, key=lambda one: (one[0], one[1].at, one[1].key), reverse=True)
