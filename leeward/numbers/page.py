"""The pages of numbers: the same for every member, but for what she asked not to meet."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils.formats import date_format

from leeward.audience.viewers import Viewer
from leeward.journeys.notes_of_facts import notes_of
from leeward.numbers.board import Board
from leeward.numbers.cells import label_of, question_of
from leeward.numbers.lists import FACETS, PAIRS_WITH_KIND, SINGLES, Table, table_name
from leeward.numbers.models import Generation
from leeward.numbers.months import first_day
from leeward.numbers.sentences import how_many


@dataclass(frozen=True)
class Line:
    """One answer and how many gave it."""

    label: str
    many: str


@dataclass
class Section:
    """A question, or one kind of loss, with its numbers.

    Args:
        slug: its name in the page.
        title: what it is about.
        lines: the answers that have a number, in the vocabulary's order.
        too_few: those that have none.
        left_out: whether the viewer asked not to meet something that would be here.
    """

    slug: str
    title: str
    lines: list[Line] = field(default_factory=list)
    too_few: list[str] = field(default_factory=list)
    left_out: bool = False


@dataclass(frozen=True)
class Numbers:
    """A page of numbers.

    Args:
        month: the first day of the month of the newest; None before the first.
        sections: what there is to read.
        pairs: names and questions of the tables of two facts, each on its own page.
    """

    month: datetime.date | None
    sections: list[Section]
    pairs: list[tuple[str, str]]

    @property
    def month_words(self) -> str:
        """The month as people write it: December 2026."""
        return date_format(self.month, "F Y") if self.month else ""

    @property
    def left_out(self) -> bool:
        """Whether something is left out, as the viewer asked."""
        return any(section.left_out for section in self.sections)


def singles_for(viewer: Viewer) -> Numbers:
    """All tables of single facts."""
    board = Board.of(SINGLES)
    sections = []
    for facet in FACETS:
        if board.has((facet,)):
            section = Section(facet, question_of(facet))
            for key in _keys_until_now(board, facet):
                _add(section, board, (facet,), (key,), viewer)
            sections.append(section)
    return Numbers(_day(board), sections, pairs_published())


def pair_for(name: str, viewer: Viewer) -> Numbers | None:
    """One table of two facts, a section for each kind of loss that has a number in it; None if there is no such table.

    Args:
        name: as "kind-now".
        viewer: who looks.
    """
    table = next((pair for pair in PAIRS_WITH_KIND if table_name(pair) == name), None)
    if table is None:
        return None
    board = Board.of([table, *((facet,) for facet in table)])
    if not board.has(table):
        return Numbers(None, [], [])
    first, second = table
    sections = []
    for key in board.keys(first):
        section = Section(key, label_of(first, key))
        for other in _keys_until_now(board, second):
            _add(section, board, table, (key, other), viewer)
        sections.append(section)
    return Numbers(_day(board), sections, [])


def pairs_published() -> list[tuple[str, str]]:
    """Names and questions of the tables of two facts that a list has."""
    names = {generation.name for generation in Generation.objects.exclude(published=None)}
    if names <= {"S"}:
        return []
    return [(table_name(pair), question_of(pair[1])) for pair in PAIRS_WITH_KIND]


def _keys_until_now(board: Board, facet: str) -> list[str]:
    """Its answers; of years, what was before them first, of whichever list, and none that is still to come."""
    keys, now = board.keys(facet), _day(board)
    if facet != "year" or now is None:
        return keys
    return sorted(
        (key for key in keys if not key.isdecimal() or int(key) <= now.year), key=lambda key: (key.isdecimal(), key)
    )


def _add(section: Section, board: Board, table: Table, keys: tuple[str, ...], viewer: Viewer) -> None:
    if notes_of(list(zip(table, keys, strict=True))) & viewer.shield:
        section.left_out = True
        return
    said, label = board.said(table, keys), label_of(table[-1], keys[-1])
    if said:
        section.lines.append(Line(label, how_many(said)))
    else:
        section.too_few.append(label)


def _day(board: Board) -> datetime.date | None:
    return None if board.month is None else first_day(board.month)
