"""The shape of the vocabulary: a facet is a question, a term is one of its answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

RATHER_NOT_SAY = "rather_not_say"
"""The key of a complete answer to any question. It is never asked again and never counts as a fact."""

OWN_WORDS = "own_words"
"""The key of an answer in her own words. It is hers alone: never compared, never offered to be shown."""


class About(StrEnum):
    """What a facet describes: the person as she is, or one of her losses."""

    PERSON = "person"
    LOSS = "loss"


@dataclass(frozen=True)
class Term:
    """One answer.

    Args:
        key: stable, never shown, never changed once released.
        label: what a reader sees; translatable, replaceable by the host and by the member.
        hint: a second line for whoever wonders whether it is meant for her.
        way: whether people who chose it are "on the same way" (a ring of its own).
        also: how it is said as a reason why a story is near ("also through IVF"); empty: never compared.
    """

    key: str
    label: str | _StrPromise
    hint: str | _StrPromise = ""
    way: bool = False
    also: str | _StrPromise = ""


@dataclass(frozen=True)
class Facet:
    """One question and the answers offered to it.

    Args:
        key: stable name of the question.
        about: whether it is asked of the person or of each loss.
        question: how it is asked.
        terms: the answers, in the order shown; none where only her own words can answer.
        hint: a line below the question.
        many: whether several answers can be true at once.
        dated: whether an answer carries the day since when it is true.
        weight: how much a shared answer says that two stories are near (0: nothing).
        consent: the separate consent that must be given before it is asked, or "".
        shy: whether it stays with her unless she ticks it herself when she shows a story.
    """

    key: str
    about: About
    question: str | _StrPromise
    terms: tuple[Term, ...]
    hint: str | _StrPromise = ""
    many: bool = True
    dated: bool = False
    weight: int = 1
    consent: str = ""
    shy: bool = False

    def term(self, key: str) -> Term:
        """The term with this key; KeyError if the facet has none."""
        return self._by_key[key]

    @cached_property
    def _by_key(self) -> dict[str, Term]:
        return {term.key: term for term in self.terms}
