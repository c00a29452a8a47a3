"""The blocks of a guide: what stands between `::: NAME` and `:::`, each on a line of its own, and what stands around.

::: signs            signs that need care today; stands first, once
::: steps            small steps, an ordered list
::: say              what helps to hear or say
::: country leave    the rules of the reader's country about a topic; inside, a sentence for where none is known
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from leeward.library.rules import Topic

_MARK = re.compile(r"\s*:{3,}\s*(.*?)\s*")


class Kind(StrEnum):
    """What a part of a guide is."""

    TEXT = "text"
    SIGNS = "signs"
    STEPS = "steps"
    SAY = "say"
    COUNTRY = "country"


@dataclass(frozen=True)
class Part:
    """A part of a guide.

    Args:
        kind: what it is.
        line: the number of its first line in the guide's text.
        text: Markdown.
        topic: of the rules that it puts in.
    """

    kind: Kind
    line: int
    text: str = ""
    topic: str = ""


@dataclass(frozen=True, order=True)
class Fault:
    """Something in a guide that needs another look. `line` is 0 where it belongs to none."""

    line: int
    words: str


@dataclass
class Parsed:
    """A text in its parts, and what of its blocks could not be understood."""

    parts: list[Part] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def of(self, kind: Kind) -> list[Part]:
        """The parts of one kind."""
        return [part for part in self.parts if part.kind is kind]


def parse(text: str) -> Parsed:
    """A guide's text in its parts. Nothing is left out: a block that is not closed ends where the text ends."""
    found, opened, lines, first = Parsed(), _AROUND, list[str](), 1

    def end(at: int) -> None:
        part = Part(opened.kind, first, "\n".join(lines).strip("\n"), opened.topic)
        if part.text.strip() or part.kind is Kind.COUNTRY:
            found.parts.append(part)
        lines.clear()

    for number, line in enumerate(text.splitlines(), start=1):
        mark = _MARK.fullmatch(line)
        if mark is None:
            if not lines:
                first = number
            lines.append(line)
            continue
        end(number)
        first = number + 1
        found.faults += _faults_of_mark(mark[1], opened, number)
        opened = _AROUND if not mark[1] else _opened_by(mark[1], number)
    end(0)
    if opened is not _AROUND:
        found.faults.append(Fault(opened.line, _("This block is not closed: it needs a line with ::: alone.")))
    found.faults += _faults_of_signs(found.parts)
    return found


_AROUND = Part(Kind.TEXT, 1)


def _opened_by(words: str, number: int) -> Part:
    name, _space, topic = words.partition(" ")
    known = name in list(Kind) and name != Kind.TEXT
    return Part(Kind(name) if known else Kind.TEXT, number, topic=topic.strip() if name == Kind.COUNTRY else "")


def _faults_of_mark(words: str, opened: Part, number: int) -> Iterator[Fault]:
    if not words:
        if opened is _AROUND:
            yield Fault(number, _("This closes a block, and none is open."))
        return
    if opened is not _AROUND:
        yield Fault(number, _("A block begins inside another, which is not closed: it needs a line with ::: before."))
    name, _space, topic = words.partition(" ")
    names = [kind for kind in Kind if kind is not Kind.TEXT]
    if name not in names:
        yield Fault(number, _("There is no block “%(name)s”. There are: %(names)s.") % _named(name, names))
    elif name == Kind.COUNTRY and topic.strip() not in list(Topic):
        yield Fault(
            number, _("There are no rules about “%(name)s”. There are: %(names)s.") % _named(topic.strip(), Topic)
        )
    elif name != Kind.COUNTRY and topic:
        yield Fault(number, _("This block takes no word after its name."))


def _faults_of_signs(parts: list[Part]) -> Iterator[Fault]:
    for place, part in enumerate(parts):
        if part.kind is Kind.SIGNS and any(other.kind is Kind.SIGNS for other in parts[:place]):
            yield Fault(part.line, _("Signs stand in one block alone, so that nobody misses the second."))
        elif part.kind is Kind.SIGNS and place:
            yield Fault(part.line, _("The signs that need care today stand first, before everything else."))


def _named(name: str, names: Iterable[str]) -> dict[str, str]:
    return {"name": name, "names": ", ".join(names)}
