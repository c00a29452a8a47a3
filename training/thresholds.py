"""Choosing from which score on something is done: on the development hands and on ordinary posts, never on the test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from leeward.language.engine import Engine, Thresholds
from leeward.language.sentences import pieces_of, sentences_of
from training.hands import Line, Role, lines, posts

PASS_HELD = 0.02
"""At most so many of the development hands' harmless lines are held. The hope is 3 % on hands that nobody has seen."""
POSTS_HELD = 0.002
"""At most so many longer harmless texts, by one piece and as many on the whole; the hope is 1 % of ordinary texts."""
ABUSE_HELD = 0.001
"""At most so many of all harmless texts are held by the head for open abuse: it may not flag grief that swears."""
PAUSED = 0.04
"""At most so many good answers meet the pause. The hope is 5 %."""
HELPED = 0.20
"""At most so many harmless lines that sound alike are shown help. The hope is 25 %."""
POSTS_HELPED = 0.15
"""At most so many ordinary posts are shown help."""
LOOKED_AT = 0.01
"""At most so many ordinary texts ask a person to look. The limit is 2 %."""
PLANS = 0.001
"""At most so many harmless texts are held for a plan by the model; its list of rules is apart."""
PLANS_IN_CRISIS = 0.1
"""At most so many lines of despair without a plan are: risk alone hides nothing."""
HARMLESS = ("pass", "not_platitude", "not_crisis", "ordinary")
NEVER = 9.0
"""Above every score: with this threshold only rules find something."""


@dataclass(frozen=True)
class Scored:
    """A development text with its section, whether it is longer than a piece, and its scores."""

    section: str
    is_long: bool
    scores: dict[str, float]


def choose(engine: Engine, language: str) -> Thresholds:
    """The thresholds for an engine, each the lowest that keeps its limit above."""
    scored = [_scored(engine, line) for line in lines(Role.DEV, language) + posts(Role.DEV, language)]
    harmless = [row for row in scored if row.section in HARMLESS]

    def at(head: str, most: float, of: Callable[[Scored], bool]) -> float:
        return lowest([row.scores[head] for row in scored if of(row)], most)

    care = at("crisis", HELPED, lambda row: row.section == "not_crisis")
    return Thresholds(
        hold=at("hold", PASS_HELD, lambda row: row.section == "pass"),
        hold_long=at("hold", POSTS_HELD, lambda row: row.is_long and row.section in HARMLESS),
        hold_mean=at("hold_mean", POSTS_HELD, lambda row: row.is_long and row.section in HARMLESS),
        abuse=lowest([row.scores["abuse"] for row in harmless], ABUSE_HELD),
        platitude=at("platitude", PAUSED, lambda row: row.section == "not_platitude"),
        care=care,
        care_long=max(care, at("crisis", POSTS_HELPED, lambda row: row.is_long and row.section in HARMLESS)),
        plan=max(
            at("plan", PLANS, lambda row: row.section in HARMLESS),
            at("plan", PLANS_IN_CRISIS, lambda row: row.section == "crisis"),
        ),
        look=at("crisis", LOOKED_AT, lambda row: row.section == "ordinary"),
    )


def lowest(scores: Sequence[float], most: float) -> float:
    """The lowest threshold at which at most a share of these scores reaches it.

    Args:
        scores: of what should not be found.
        most: the share, 0 to 1.
    """
    highest_first = sorted(scores, reverse=True)
    allowed = int(most * len(highest_first))
    return round(min(highest_first[allowed] + 1e-4, 0.9999), 4)


def without(engine: Engine) -> Engine:
    """The engine with thresholds that nothing reaches, so that its scores can be looked at."""
    return replace(engine, thresholds=Thresholds(**{field.name: NEVER for field in fields(Thresholds)}))


def write(chosen: Thresholds, folder: Path) -> None:
    """Keep the thresholds where the place looks for them."""
    head = (
        "# From which score on something is done. Chosen by training/thresholds.py on development texts; not by hand.\n"
    )
    rows = "".join(f"{field.name} = {getattr(chosen, field.name)}\n" for field in fields(chosen))
    (folder / "thresholds.toml").write_text(f"{head}[thresholds]\n{rows}", encoding="utf-8")


def _scored(engine: Engine, line: Line) -> Scored:
    is_long = len(pieces_of(sentences_of(line.text), line.text)) > 1
    return Scored(line.section, is_long, without(engine).judge(line.text).scores)
