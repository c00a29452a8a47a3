"""What somebody costs who comes, goes, and returns once, looked for in all pairs of intervals."""

from __future__ import annotations

from functools import cache

import numpy as np

from leeward.numbers.mechanism.factor import Floats, root


@cache
def between(months: int) -> Floats:
    """|R·(e_i - e_j)|² for each pair of months; months itself stands for never."""
    costs = _costs(months)
    own = np.diag(costs)
    found: Floats = own[:, None] + own[None, :] - 2 * costs
    return found


@cache
def two_intervals(months: int) -> float:
    """The most that somebody costs who comes, goes, returns as what she was and goes."""
    costs = _costs(months)
    best = 0.0
    for come in range(months):
        for go in range(come + 1, months - 1):
            first = costs[come] - costs[go]
            own = float(costs[come, come] + costs[go, go] - 2 * costs[come, go])
            later = slice(go + 1, months + 1)
            second = between(months)[later, later] + 2 * (first[later, None] - first[None, later])
            best = max(best, own + float(np.triu(second, 1).max(initial=0.0)))
    return best


@cache
def two_intervals_apart(months: int) -> float:
    """The same if she returns as something else in every table: nothing of the first time is taken off again."""
    costs = between(months)
    return max(
        float(costs[come, go] + np.triu(costs[go + 1 :, go + 1 :], 1).max(initial=0.0))
        for come in range(months)
        for go in range(come + 1, months - 1)
    )


def _costs(months: int) -> Floats:
    """The products of R's columns; the last row and column, of nothing, stand for never going."""
    square = root(months)
    found = np.zeros((months + 1, months + 1))
    found[:months, :months] = square.T @ square
    return found
