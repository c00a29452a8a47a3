"""How good an order is: whether what is right comes first."""

from __future__ import annotations

import numpy as np


def figures(likeness: np.ndarray, right: np.ndarray) -> dict[str, float]:
    """How well the right stories come first: hit@1, hit@5, mean reciprocal rank, nDCG@10, and how many questions.

    Args:
        likeness: questions × stories.
        right: the same shape: whether the story answers the question. Questions without any are left out.
    """
    kept = right.any(axis=1)
    likeness, right = likeness[kept], right[kept]
    if not len(right):
        return {"hit@1": 0.0, "hit@5": 0.0, "mrr": 0.0, "ndcg@10": 0.0, "queries": 0}
    order = np.argsort(-likeness, axis=1, kind="stable")
    found = np.take_along_axis(right, order, axis=1)
    gains = 1 / np.log2(np.arange(2, 12))
    best = np.array([gains[: min(10, int(row.sum()))].sum() for row in found])
    top = found[:, :10]
    return {
        "hit@1": round(float(found[:, 0].mean()), 4),
        "hit@5": round(float(found[:, :5].any(axis=1).mean()), 4),
        "mrr": round(float((1 / (found.argmax(axis=1) + 1)).mean()), 4),
        "ndcg@10": round(float(((top * gains[: top.shape[1]]).sum(axis=1) / best).mean()), 4),
        "queries": len(found),
    }
