"""A guide on one page of paper: the signs first, then the steps most needed, the lines of a country, this place.

The page is printed by a browser, in large type. It is drawn without scripts, so what goes on it is counted here: how
many lines each thing takes at 14 points on A4, counted high rather than low. Signs always go on whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from leeward.library.guides.blocks import Kind, parse
from leeward.library.guides.content import Content
from leeward.library.guides.markup import Group, Setting, groups_in

LINES = 44.0
"""Lines of 14 points (at 1.2) between margins of 10 mm on A4; there is room for 46, and two are left in hand."""
ACROSS = 76
"""Characters of a line of a list, in the sans serif of sheet.css."""
_HEADING, _TITLE, _FOOT = 1.4, 1.8, 3.4
"""Lines that a heading, a line of the title, and the foot take: no medical advice, who reviewed it, the place."""
_LINES_OF_HELP = 2
"""Lines of help that are never left out for steps."""


@dataclass(frozen=True)
class Sheet:
    """What goes on the page.

    Args:
        signs: the signs that need care today, by their headings.
        steps: the steps that fit, in their order.
        lines: the lines of help that fit.
    """

    signs: list[Group]
    steps: list[Markup]
    lines: list[str] = field(default_factory=list)


def sheet_of(content: Content, setting: Setting, lines: Sequence[str]) -> Sheet:
    """What goes on the page of a guide.

    Args:
        content: what it says.
        setting: what is put into its text; citations are left out.
        lines: lines of help in the words in which the sheet says them, the most needed first.
    """
    signs, all_steps = _signs(content, setting), _steps(content, setting)
    room = LINES - _FOOT - _lines_of_title(content) - _lines_of_signs(signs)
    kept, room = _fitting(lines[:_LINES_OF_HELP], room - _HEADING)
    steps, room = _fitting(all_steps, room - _HEADING) if all_steps else ([], room)
    more, room = _fitting(lines[_LINES_OF_HELP:], room)
    return Sheet(signs, steps, [*kept, *more])


def signs_fit(content: Content) -> bool:
    """Whether the signs leave room for the lines of help."""
    taken = _lines_of_title(content) + _lines_of_signs(_signs(content, Setting(cites=False)))
    return taken + _FOOT + _HEADING + _LINES_OF_HELP <= LINES


def _signs(content: Content, setting: Setting) -> list[Group]:
    return [group for part in parse(content.text).of(Kind.SIGNS) for group in groups_in(part.text, setting)]


def _steps(content: Content, setting: Setting) -> list[Markup]:
    first = parse(content.text).of(Kind.STEPS)[:1]
    return [item for part in first for group in groups_in(part.text, setting) for item in group.items]


def _lines_of_title(content: Content) -> float:
    return _TITLE * math.ceil(len(content.title) / (ACROSS * 0.65))


def _lines_of_signs(signs: list[Group]) -> float:
    if not signs:
        return 0
    heads = [" ".join((group.heading, *group.lead)) for group in signs]
    return _HEADING + sum(map(_height, [*filter(None, heads), *(item for group in signs for item in group.items)]))


def _height(words: str) -> float:
    return math.ceil(len(Markup(words).striptags()) / ACROSS) + 0.05  # noqa: S704  # only measured


def _fitting(things: Iterable[str], room: float) -> tuple[list[Markup], float]:
    """The first of these that fit, and the room that is left."""
    found: list[Markup] = []
    for thing in things:
        if _height(thing) > room:
            break
        found.append(Markup(thing))  # noqa: S704  # drawn by markup.drawn, or escaped by whoever made the line
        room -= _height(thing)
    return found, room
