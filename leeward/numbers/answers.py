"""Answers for the page of one person: what the published numbers say of her facts, from all of them down to one.

Nothing is computed for an asker. The tables are the same for everybody and stand since the first of the month; here
they are only looked up and put into words, and nobody keeps who looked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from leeward.journeys.facts import Pair
from leeward.journeys.notes_of_facts import notes_of
from leeward.journeys.words import PLAIN, Speech
from leeward.numbers.board import Board
from leeward.numbers.cells import band_of
from leeward.numbers.lists import FACETS, LISTS, Table
from leeward.numbers.mechanism.saying import Said
from leeward.numbers.sentences import sentence

MOST_FACETS = 6
"""Of so many questions, the first in canonical order, facts are looked up together; all of them alone."""

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
    facts = _counted(pairs)
    found: list[Answer] = []
    for size in range(min(4, len(facts)), 1, -1):
        answers = [_answer(board, table, facts, speech) for board, table in _published(list(facts)[:MOST_FACETS], size)]
        told = [answer for answer in answers if answer.said]
        if told:
            found += told[:1]
            break
        if answers and not found:
            found.append(answers[0])
    singles = [_answer(board, table, facts, speech) for board, table in _published(list(facts), 1)]
    told = [answer for answer in singles if answer.said]
    return found + told if found or told else singles[:1]


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


def _published(facets: list[str], size: int) -> Iterator[tuple[Board, Table]]:
    """The published tables that cross so many of these facets."""
    tables = [table for table in combinations(facets, size) if table in _TABLES]
    board = Board.of(tables)
    yield from ((board, table) for table in tables if board.has(table))


def _answer(board: Board, table: Table, facts: dict[str, str], speech: Speech) -> Answer:
    keys = tuple(facts[facet] for facet in table)
    of = tuple(zip(table, keys, strict=True))
    said = board.said(table, keys)
    return Answer(of, said, sentence(of, said, speech), notes_of(of))
