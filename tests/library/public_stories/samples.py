"""Articles that are not ours: they stay outside of the project, in the folder that LEEWARD_SAMPLES names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("LEEWARD_SAMPLES", Path(__file__).resolve().parents[4] / "shared/samples/articles"))

needs_samples = pytest.mark.skipif(
    not (FOLDER / "article-3.txt").exists(),
    reason="no articles of others: put three into the folder that LEEWARD_SAMPLES names",
)
