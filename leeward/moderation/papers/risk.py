"""Prefilled assessments that follow what the host has set: each line says whose it is, and what is left to judge.

They are never approved here, and hold no name or day that nobody has given.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.members.retention import Rule, all_rules
from leeward.moderation.papers.setting import conditions, words

FOLDER = Path(__file__).parent
PAPERS = {"illegal-content": "illegal_content.toml", "children": "children.toml", "dpia": "dpia.toml"}
"""The papers, by the name in their address."""


class Whose(StrEnum):
    """Where a line comes from."""

    FACT = "fact"
    SETTING = "setting"
    JUDGE = "judge"

    @property
    def label(self) -> Promise:
        """How it is marked on the page and in the text."""
        return _LABELS[self]


_LABELS = {
    Whose.FACT: gettext_lazy("So in the program"),
    Whose.SETTING: gettext_lazy("As it is set"),
    Whose.JUDGE: gettext_lazy("For the host to judge"),
}


@dataclass(frozen=True)
class Line:
    """One line of a paper: whose it is, and what it says."""

    whose: Whose
    text: str


@dataclass(frozen=True)
class Part:
    """One part of a paper: its heading, a sentence about it, its lines, parts within it, and the retention table."""

    heading: str
    about: str
    lines: tuple[Line, ...]
    within: tuple[Part, ...] = ()
    kept: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Paper:
    """One assessment, as it stands with the settings of this moment."""

    key: str
    title: str
    law: str
    parts: tuple[Part, ...]

    @property
    def left_open(self) -> int:
        """How many lines are left for the host to judge."""
        every = [part for whole in self.parts for part in (whole, *whole.within)]
        return sum(line.whose is Whose.JUDGE for part in every for line in part.lines)


def titles() -> list[tuple[str, str]]:
    """Every paper: the name in its address, and its title."""
    return [(key, _(_read(key)["title"])) for key in PAPERS]


def paper(key: str) -> Paper:
    """A paper, made now.

    Raises:
        KeyError: there is no such paper.
    """
    said, so, filling = _read(key), conditions(), words()
    parts = tuple(_part(part, so, filling) for part in said["part"])
    return Paper(key, _(said["title"]), _(said["law"]), parts)


def as_markdown(made: Paper, day: str) -> str:
    """A paper as Markdown, to be answered and kept by the host.

    Args:
        made: the paper.
        day: when it was made, in words.
    """
    head = [f"# {made.title}", made.law, _made_on(day)]
    return "\n\n".join([*head, *(block for part in made.parts for block in _blocks(part, "##"))]) + "\n"


def _made_on(day: str) -> str:
    return _(
        "Made from the settings of the place on %(day)s. Nobody has judged or approved it. Lines marked “%(mark)s” are "
        "open: answer them in your own words."
    ) % {"day": day, "mark": Whose.JUDGE.label}


def _blocks(part: Part, level: str) -> Iterator[str]:
    yield f"{level} {part.heading}"
    if part.about:
        yield part.about
    for inner in part.within:
        yield from _blocks(inner, f"{level}#")
    if part.kept:
        yield "\n".join(_table(part.kept))
    if part.lines:
        yield "\n".join(f"- **{line.whose.label}.** {line.text}{_room(line)}" for line in part.lines)


def _room(line: Line) -> str:
    return "\n\n  > …\n" if line.whose is Whose.JUDGE else ""


def _table(kept: tuple[Rule, ...]) -> Iterator[str]:
    yield "| " + " | ".join((_("What"), _("Why"), _("How long"), _("Where"), _("Who could demand it"))) + " |"
    yield "|---|---|---|---|---|"
    for rule in kept:
        how_long = _(rule.until) if rule.days is None else _("%(days)d days") % {"days": rule.days}
        yield f"| {_(rule.what)} | {_(rule.why)} | {how_long} | {_(rule.where)} | {_(rule.demand)} |"


def _part(said: dict[str, Any], so: Mapping[str, bool], filling: Mapping[str, str]) -> Part:
    lines = tuple(
        Line(Whose(line["is"]), _(line["text"]).format_map(filling))
        for line in said.get("say", ())
        if _holds(line.get("when", ""), so)
    )
    about = _(said["about"]) if "about" in said else ""
    kinds = tuple(_kind(kind) for kind in said.get("kinds", ()))
    kept = all_rules() if said.get("table") == "retention" else ()
    return Part(_(said["heading"]), about, lines, kinds, kept)


def _kind(said: Mapping[str, str]) -> Part:
    lines = (
        Line(Whose.FACT, _("Where it could appear: %(here)s") % {"here": _(said["here"])}),
        Line(Whose.FACT, _("What the place does: %(does)s") % {"does": _(said["does"])}),
        Line(Whose.JUDGE, _("How likely it is here, how bad it would be, and why you think so.")),
    )
    return Part(_(said["name"]), "", lines)


def _holds(when: str, so: Mapping[str, bool]) -> bool:
    if when.startswith("not "):
        return not so[when.removeprefix("not ")]
    return so[when] if when else True


@cache
def _read(key: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / PAPERS[key]).read_text(encoding="utf-8"))
