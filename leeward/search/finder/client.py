"""Asking the finder process what means alike, and who is near. It answers with ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Any

from django.conf import settings

from leeward.kit.line_server import ask
from leeward.search.plans import Plan
from leeward.search.showing import Name

PATIENCE = 1.5
"""How long (seconds) an answer is waited for: many times what it takes. Then the place finds by words alone."""


class FinderUnavailable(Exception):
    """The finder process does not answer, or not yet."""


@dataclass(frozen=True)
class Ranked:
    """Things in an order, each with what it weighs in it."""

    names: list[Name]
    weights: list[float]

    @classmethod
    def from_json(cls, said: list[Any]) -> Ranked:
        """As it was sent: kind, key and weight of each. Thousands are kept a while: a kind is one text for all."""
        names = [(intern(str(kind)), int(key)) for kind, key, _weight in said]
        return cls(names, [float(weight) for *_name, weight in said])


@dataclass(frozen=True)
class MeantAndTold:
    """What a question finds.

    Args:
        meaning: by what its words mean, best first; None: the finder has no model to read with.
        facts: by the facts of its plan, heaviest first.
    """

    meaning: Ranked | None
    facts: Ranked


def near(
    plan: Plan, *, kinds: Sequence[str], words: str = "", pull: float, reach: int, among: Sequence[int] | None = None
) -> Ranked:
    """The nearest things: by the facts of a plan, the first few thousand re-ranked by words.

    Args:
        plan: what near means.
        kinds: of what kinds.
        words: her own words; empty: by facts alone.
        pull: how much likeness of words counts: what a cosine of 1 weighs.
        reach: at most so many.
        among: only documents with these keys of the index.

    Raises:
        FinderUnavailable: it does not answer.
    """
    asked = {"kinds": list(kinds), "plan": plan.to_json(), "words": words, "pull": pull, "reach": reach}
    return Ranked.from_json(_answer({"near": asked | ({} if among is None else {"among": list(among)})})["near"])


def near_each(plan: Plan, *, kinds: Sequence[str], reach: int) -> dict[str, Ranked]:
    """The nearest things of each of some kinds, by the facts of a plan alone: asked once, and weighed once.

    Args:
        plan: what near means.
        kinds: of what kinds.
        reach: at most so many of each.

    Raises:
        FinderUnavailable: it does not answer.
    """
    said = _answer({"near_each": {"kinds": list(kinds), "plan": plan.to_json(), "reach": reach}})["near_each"]
    return {kind: Ranked.from_json(found) for kind, found in zip(kinds, said, strict=True)}


def meant(
    text: str, plan: Plan, *, kinds: Sequence[str], reach: int, among: Sequence[int] | None = None
) -> MeantAndTold:
    """What a question finds by meaning, and by the facts that it says.

    Args:
        text: the question.
        plan: the facts that it says.
        kinds: of what kinds.
        reach: at most so many of each.
        among: only documents with these keys of the index.

    Raises:
        FinderUnavailable: it does not answer.
    """
    asked = {"kinds": list(kinds), "plan": plan.to_json(), "text": text, "reach": reach}
    said = _answer({"meant": asked | ({} if among is None else {"among": list(among)})})
    meaning = said["meaning"]
    return MeantAndTold(None if meaning is None else Ranked.from_json(meaning), Ranked.from_json(said["facts"]))


def is_there() -> bool:
    """Whether the finder answers."""
    try:
        return bool(_answer({"ping": True}).get("pong"))
    except FinderUnavailable:
        return False


def which() -> tuple[str, int]:
    """Which finder listens: another one after it was started again.

    Raises:
        FinderUnavailable: there is none.
    """
    path = socket_path()
    try:
        return str(path), path.stat().st_mtime_ns
    except OSError as error:
        raise FinderUnavailable(str(error)) from error


def socket_path() -> Path:
    """Where the finder listens: a file that only this place's own user may open."""
    return Path(settings.FINDER_SOCKET)


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    try:
        said = ask(socket_path(), question, PATIENCE)
    except (OSError, ValueError) as error:
        raise FinderUnavailable(str(error)) from error
    if "error" in said:
        raise FinderUnavailable(str(said["error"]))
    return said
