"""Answers for the page of one person: what the published numbers say of her facts, from all of them down to one.

Nothing is computed for an asker. The tables are the same for everybody and stand since the first of the month; here
they are only looked up and put into words, and nobody keeps who looked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from django.utils.translation import get_language

from leeward.journeys.facts import Pair
from leeward.journeys.notes_of_facts import notes_of
from leeward.journeys.words import PLAIN, Speech
from leeward.numbers.board import Board, Standing, standing_now
from leeward.numbers.cells import band_of
from leeward.numbers.lists import FACETS, LISTS, Table
from leeward.numbers.mechanism.saying import Said
from leeward.numbers.sentences import sentence

MOST_FACETS = 6
"""Of so many questions, the first in canonical order, facts are looked up together; all of them alone."""

MOST_LATELY = 256
"""For so many combinations of facts a process keeps what was said of them last."""

MOST_TOGETHER = 4
"""So many facts are crossed at most: no list has a table of more."""

_TABLES = frozenset(table for each in LISTS for table in each.tables)


@dataclass(frozen=True)
class Answer:
    """What the published numbers say of some facts.

    Args:
        facts: those it speaks of, in canonical order.
        said: the number as it is said; false where it is too few to say.
        sentence: in words.
        notes: bits of the content notes that are inside. Leave it out for who asked not to meet one of them.
    """

    facts: tuple[Pair, ...]
    said: Said
    sentence: str
    notes: int


def answers_for(pairs: Iterable[Pair], *, speech: Speech = PLAIN) -> list[Answer]:
    """What the numbers say of somebody's facts.

    First the most facts together for which there is a table, or, where those are too few, that they are, and then the
    most together that have a number; after that each fact alone that has one.

    Args:
        pairs: ("kind", "tfmr"), ("weeks", "20"), ("month", "2025-03") or ("year", "2025"), … What is not counted is
            passed over; of several answers to one question the first is taken.
        speech: how the place speaks to her.

    Returns:
        Nothing, if nothing was published, or nothing of hers is counted.
    """
    facts, standing = _counted(pairs), standing_now()
    if not standing:
        return []
    if speech.own:
        return _answers(facts, standing, speech)  # her own words are nobody else's, and are kept nowhere
    return list(_answers_lately(tuple(facts.items()), standing, get_language()))


@lru_cache(MOST_LATELY)
def _answers_lately(facts: tuple[Pair, ...], standing: Standing, _language: str | None) -> tuple[Answer, ...]:
    """What was published is the same for everybody with these facts, until more is."""
    return tuple(_answers(dict(facts), standing, PLAIN))


def _answers(facts: dict[str, str], standing: Standing, speech: Speech) -> list[Answer]:
    alone = [(facet,) for facet in facts if (facet,) in _TABLES]
    crossing = [list(_crossings(list(facts)[:MOST_FACETS], size)) for size in range(MOST_TOGETHER, 1, -1)]
    board = Board.of([*alone, *(table for tables in crossing for table in tables)], standing)

    def answers(tables: Iterable[Table]) -> list[Answer]:
        return [_answer(board, table, facts, speech) for table in tables if board.has(table)]

    together, singles = _together([answers(tables) for tables in crossing]), answers(alone)
    told = [answer for answer in singles if answer.said]
    return together + told if together or told else singles[:1]


def _together(by_size: Iterable[list[Answer]]) -> list[Answer]:
    """Of answers for several facts, the most facts first: that they are too few, if they are, and the first number."""
    found: list[Answer] = []
    for answers in by_size:
        told = [answer for answer in answers if answer.said]
        if told:
            return found + told[:1]
        if answers and not found:
            found.append(answers[0])
    return found


def _counted(pairs: Iterable[Pair]) -> dict[str, str]:
    """One answer to each question that is counted, in canonical order, as its cells are named."""
    told: dict[str, str] = {}
    for given_facet, given_key in pairs:
        facet, key = given_facet, given_key
        if facet == "month":
            facet, key = "year", key[:4]
        if facet == "weeks":
            key = band_of(int(key)) if key.isdecimal() else key
        told.setdefault(facet, key)
    return {facet: told[facet] for facet in FACETS if told.get(facet)}


def _crossings(facets: list[str], size: int) -> Iterator[Table]:
    """The tables of any list that cross so many of these facets."""
    yield from (table for table in combinations(facets, size) if table in _TABLES)


def _answer(board: Board, table: Table, facts: dict[str, str], speech: Speech) -> Answer:
    keys = tuple(facts[facet] for facet in table)
    of = tuple(zip(table, keys, strict=True))
    said = board.said(table, keys)
    return Answer(of, said, sentence(of, said, speech), notes_of(of))
