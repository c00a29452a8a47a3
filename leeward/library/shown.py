"""Lines with their standing, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from leeward.library.lines import Line, LineKind, dialled, lines_of
from leeward.library.standing import Standing, standings


@dataclass(frozen=True)
class ShownLine:
    """A line with its standing, as a page shows it."""

    line: Line
    standing: Standing

    @property
    def calls(self) -> list[tuple[str, str]]:
        """Its numbers, each as people write it and as a telephone dials it."""
        return [(number, dialled(number)) for number in self.line.phones]

    @property
    def texts_to(self) -> str:
        """Where its text messages go, as a telephone dials it."""
        return dialled(self.line.sms_to)


def grouped(lines: list[Line]) -> list[tuple[LineKind, list[ShownLine]]]:
    """Lines that stand side by side, by kind."""
    known = standings(lines)
    shown = [ShownLine(line, known[line.key]) for line in lines]
    return [(kind, list(group)) for kind, group in groupby(shown, key=lambda item: item.line.kind)]


def lines_by_kind(country: str) -> list[tuple[LineKind, list[ShownLine]]]:
    """The lines of a country ("" for international ones), as library/_lines.html shows them."""
    return grouped(lines_of(country))
