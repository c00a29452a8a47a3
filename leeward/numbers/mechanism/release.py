"""The one step between a true count and anything that anybody sees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leeward.numbers.mechanism.factor import Floats

Cells = NDArray[np.int32]


def release(counts: NDArray[np.int64], noise: Floats) -> Cells:
    """What is published of a table: true counts with noise, as whole numbers, some of them below zero.

    Every cell, also an empty one. Nothing else looks at the counts: not whether a cell is small, or there at all.

    Args:
        counts: the true counts in canonical order, or a row of them for each month.
        noise: of the same shape.
    """
    if counts.shape != noise.shape:
        raise ValueError("Each cell has its own noise.")
    return np.rint(counts + noise).astype(np.int32)
