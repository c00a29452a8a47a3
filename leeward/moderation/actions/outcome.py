"""What became of a text that was sent, for the page that its writer sees next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Self

from leeward.language.judgement import Judgement


class Fate(Enum):
    """What became of a text that was sent."""

    SHOWN = "shown"
    HELD = "held"  # for a person
    WAITS = "waits"  # for the reader
    KEPT = "kept"  # its author shows it to nobody, or it is gone


@dataclass(frozen=True)
class Outcome:
    """What its writer is told.

    Args:
        fate: shown, held for a person, waiting for the reader, or kept.
        care: whether she is shown help that is open now.
        plan: whether it is held because a way or a plan may be named.
        long: whether it waits only because it is long.
    """

    fate: Fate
    care: bool = False
    plan: bool = False
    long: bool = False

    @classmethod
    def of(cls, judgement: Judgement, fate: Fate) -> Self:
        """The outcome for a text that was read: `judgement` is what the reader said, `fate` what followed."""
        return cls(fate, care=judgement.care, plan=judgement.plan and fate is Fate.HELD)
