"""Lines with their standing, as pages show them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from leeward.library.line_hours import Openness
from leeward.library.line_words import state_said
from leeward.library.lines import Line, LineKind, dialled, lines_of
from leeward.library.standing import Standing, standings

Groups = list[tuple[LineKind, list["ShownLine"]]]
"""Lines by kind, in the order of kinds."""


@dataclass(frozen=True)
class ShownLine:
    """A line with its standing, as a page shows it.

    Args:
        line: the line.
        standing: who confirmed it, and when.
        state: whether it is open when the page is drawn; None: not known, or not asked.
        state_said: the same in words.
    """

    line: Line
    standing: Standing
    state: Openness | None = None
    state_said: str = ""

    @property
    def calls(self) -> list[tuple[str, str]]:
        """Its numbers, each as people write it and as a telephone dials it."""
        return [(number, dialled(number)) for number in self.line.phones]

    @property
    def texts_to(self) -> str:
        """Where its text messages go, as a telephone dials it."""
        return dialled(self.line.sms_to)

    @property
    def hours_for_scripts(self) -> str:
        """Its times of the week for help.js, as "0:600-900": the weekday (0 is Monday), from and until in minutes."""
        spans = self.line.opens.spans if self.line.opens else ()
        return " ".join(f"{span.weekday}:{span.begins}-{span.ends}" for span in spans)


@dataclass(frozen=True)
class InWriting:
    """How help is reached without a voice.

    Args:
        emergency: emergency numbers with a text number, or with a note on calling.
        lines: lines that answer text messages or in a chat, those that are open first.
        sites: the other lines that have a site.
    """

    emergency: list[ShownLine]
    lines: list[ShownLine]
    sites: list[ShownLine]


def grouped(lines: list[Line]) -> Groups:
    """Lines that stand side by side, by kind."""
    known = standings(lines)
    shown = [ShownLine(line, known[line.key]) for line in lines]
    return [(kind, list(group)) for kind, group in groupby(shown, key=lambda item: item.line.kind)]


def lines_by_kind(country: str) -> Groups:
    """The lines of a country ("" for international ones), in the order of the file, as library/_lines.html has them."""
    return grouped(lines_of(country))


def open_first(groups: Groups, now: datetime.datetime) -> Groups:
    """The same lines with what is known of them now: within each kind those that are open, then those that open next.

    Those of whose hours only words are known come last. Emergency numbers keep their order.

    Args:
        groups: as `lines_by_kind` gives them.
        now: the moment for which it is said, with its time zone.
    """
    return [
        (kind, lines if kind is LineKind.EMERGENCY else sorted_by_opening(_at(shown, now) for shown in lines))
        for kind, lines in groups
    ]


def sorted_by_opening(lines: Iterable[ShownLine]) -> list[ShownLine]:
    """Open ones first, then those that open next, soonest first, then those whose hours are not known."""
    return sorted(lines, key=_turn)


def in_writing(groups: Groups) -> InWriting:
    """What of these lines can be reached without a voice.

    Args:
        groups: as `open_first` gives them.
    """
    lines = [shown for _kind, group in groups for shown in group]
    emergency = [one for one in lines if one.line.kind is LineKind.EMERGENCY]
    others = [one for one in lines if one.line.kind is not LineKind.EMERGENCY]
    return InWriting(
        emergency=[one for one in emergency if one.line.is_in_writing or one.line.note],
        lines=sorted_by_opening(one for one in others if one.line.is_in_writing),
        sites=[one for one in others if one.line.web and not one.line.is_in_writing],
    )


def _at(shown: ShownLine, now: datetime.datetime) -> ShownLine:
    hours = shown.line.opens
    if hours is None:
        return shown
    state = hours.at(now)
    return replace(shown, state=state, state_said=state_said(hours, state, now))


def _turn(shown: ShownLine) -> tuple[int, float]:
    state = shown.state
    if state is None:
        return 2, 0
    return (0, 0) if state.is_open or state.changes is None else (1, state.changes.timestamp())
