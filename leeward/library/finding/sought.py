"""What is looked for among services, and what is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leeward.library.finding.spots import Spot
from leeward.library.finding.words import Asked


@dataclass(frozen=True)
class Sought:
    """What is looked for; what is empty does not matter.

    Args:
        needs: what it is, any of these codes.
        audiences: whom it has in mind, any of these codes.
        words: in her words.
        near: where.
        within: kilometres from there.
        country: alpha-2; services of other countries are left out.
        remote: only by telephone or online.
        places: only with a place to go to.
        language: a code.
        free: only what costs nothing.
        open_now: only what is open now.
        terms: ids of terms of other taxonomies, any of them.
        facts: what she told in her journey, for this once: question -> answers.
    """

    needs: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    words: Asked = field(default_factory=Asked)
    near: Spot | None = None
    within: float = 50
    country: str = ""
    remote: bool = False
    places: bool = False
    language: str = ""
    free: bool = False
    open_now: bool = False
    terms: frozenset[str] = frozenset()
    facts: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def narrows(self) -> int:
        """How many choices narrow what is found."""
        return sum(map(bool, (self.needs, self.audiences, self.language, self.free, self.remote, self.terms)))


@dataclass(frozen=True)
class Hit:
    """A service that was found.

    Args:
        listing: which, by the key of what it is found by: until it is made anew.
        number: which of its places.
        away: kilometres; None: no place was named, or it is had by telephone or online.
        is_current: whether it was checked within the host's limit.
    """

    listing: int
    number: int
    away: float | None
    is_current: bool


@dataclass(frozen=True)
class Found:
    """What was found, in order.

    Args:
        hits: at most 200.
        is_all: whether there are no more.
    """

    hits: list[Hit]
    is_all: bool
