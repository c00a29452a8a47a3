"""What a published number is said as. A function of the noisy number and of its public spread, and of nothing else."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

ABOUT_FROM = 13
"""From so many standard deviations on: "about". It is off by more than a fifth at most 4 times in 100."""
OR_MORE_FROM = 4
"""From so many on: "or more". Of a true nought or one it is said at most 6 times in 100,000."""
OR_MORE_LESS = 2
"""So many are taken off before "or more" is said. It is too much at most 3 times in 100."""


class How(Enum):
    """How a number is said."""

    ABOUT = "about"
    OR_MORE = "or more"
    TOO_FEW = "too few"


@dataclass(frozen=True)
class Said:
    """A number as it is said.

    Args:
        how: whether it is about so many, so many or more, or too few to say.
        number: how many; 0 where it is too few to say.
    """

    how: How
    number: int = 0

    @classmethod
    def nothing(cls) -> Said:
        """That it is too few to say."""
        return cls(How.TOO_FEW)

    def __bool__(self) -> bool:
        """Whether a number is said."""
        return self.how is not How.TOO_FEW


def say(noisy: int, deviation: float) -> Said:
    """How a published number is said.

    Args:
        noisy: as it was published; several lists are added first.
        deviation: its standard deviation, which everybody knows; of several lists, the root of the sum of squares.
    """
    if noisy >= ABOUT_FROM * deviation:
        return Said(How.ABOUT, _two_digits(noisy))
    if noisy >= OR_MORE_FROM * deviation:
        return Said(How.OR_MORE, max(10, math.floor((noisy - OR_MORE_LESS * deviation) / 10) * 10))
    return Said.nothing()


def _two_digits(number: int) -> int:
    """Rounded to two digits, a half upwards: 145 is about 150."""
    step: int = 10 ** max(0, len(str(number)) - 2)
    return (number + step // 2) // step * step
