"""Many samples in few figures, and nested figures in lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def percentiles(samples: Sequence[float]) -> dict[str, float | int]:
    """Median, 99th percentile and worst, rounded to hundredths."""
    p50, p99 = np.percentile(samples, [50, 99])
    return {
        "p50": round(float(p50), 2),
        "p99": round(float(p99), 2),
        "worst": round(max(samples), 2),
        "samples": len(samples),
    }


def printed(figures: Mapping[str, Any], indent: int = 0) -> str:
    """Figures as indented lines."""
    lines = []
    for name, value in figures.items():
        if isinstance(value, Mapping) and not {"p50", "p99"} <= value.keys():
            lines += [" " * indent + f"{name}:", printed(value, indent + 2)]
        elif isinstance(value, Mapping):
            lines.append(" " * indent + f"{name}: " + ", ".join(f"{key} {number}" for key, number in value.items()))
        else:
            lines.append(" " * indent + f"{name}: {value}")
    return "\n".join(lines)
