"""How much noise: the square root of the matrix of running sums, and what it costs (docs/decisions/0022-numbers.md).

Counts over time are A·x: A sums, x are the comings and goings of each month. A = L·R with L = R = Toeplitz(c). What is
published is L·(R·x + s0·z): everything follows from R·x + s0·z, in which two worlds that differ by the path d of one
person differ by R·d. An attacker's advantage is then 2Φ(|R·d|/(2·s0)) - 1, whatever he plants, also if he plants in
answer to what he reads.
"""

from __future__ import annotations

import math
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ADVANTAGE = 0.20
"""What an attacker may win at a yes-or-no guess, in the whole life of a list: 60 right in 100 in place of 50."""

HORIZON = 120
"""For how many months a list is published: ten years."""

_NORMAL = NormalDist()


@cache
def coefficients(months: int) -> Floats:
    """The first so many c_k: c_0 = 1, c_k = c_(k-1)·(2k-1)/(2k); the power series of (1-x)^(-1/2)."""
    k = np.arange(1, months, dtype=np.float64)
    found: Floats = np.concatenate([[1.0], np.cumprod((2 * k - 1) / (2 * k))])
    found.flags.writeable = False
    return found


@cache
def root(months: int) -> Floats:
    """R = L: lower triangular, and its square sums what came and went until each month."""
    c = coefficients(months)
    found = np.zeros((months, months))
    for month in range(months):
        found[month:, month] = c[: months - month]
    found.flags.writeable = False
    return found


def staying(months: int) -> float:
    """B(n) = the sum of the squares of c: what somebody costs who comes in the first month and stays."""
    return float(np.square(coefficients(months)).sum())


@cache
def interval(months: int) -> float:
    """D(n): what somebody costs at most who comes and goes once, in whichever months. Computed, all intervals."""
    square = root(months)
    costs = np.zeros((months + 1, months + 1))  # the last row and column, of nothing, stand for never going
    costs[:months, :months] = square.T @ square
    own = np.diag(costs)
    return float(np.triu(own[:, None] + own[None, :] - 2 * costs, 1).max())


def mean_shift(advantage: float = ADVANTAGE) -> float:
    """The distance of two worlds, in standard deviations, that gives this advantage: 2·Φ⁻¹((1 + advantage)/2)."""
    return 2 * _NORMAL.inv_cdf((1 + advantage) / 2)


def advantage_of(shift: float) -> float:
    """The advantage that a distance of so many standard deviations gives: 2Φ(shift/2) - 1 (Neyman and Pearson)."""
    return 2 * _NORMAL.cdf(shift / 2) - 1


def cells_moved(tables: int, most_with_one_fact: int) -> int:
    """By how many cells two worlds differ at most, per month.

    Args:
        tables: of the list. Whether somebody is counted at all moves one cell in each.
        most_with_one_fact: how many tables hold the same fact, at most. One unknown fact moves two cells in each.
    """
    return max(tables, 2 * most_with_one_fact)


def scale(tables: int, most_with_one_fact: int, *, months: int = HORIZON, advantage: float = ADVANTAGE) -> float:
    """s0: the standard deviation of one shock, so that the whole horizon keeps within the advantage."""
    moved = cells_moved(tables, most_with_one_fact)
    return math.sqrt(interval(months) * moved) / mean_shift(advantage)


def deviation(s0: float, month: int) -> float:
    """The standard deviation of a number in a month of its list (0 is the first). It does not grow with the count."""
    return s0 * math.sqrt(staying(month + 1))
