"""Articles that are not ours: they stay outside of the project, in the folder that LEEWARD_SAMPLES names."""

from __future__ import annotations

import os
from pathlib import Path

from tests.left_out import needs_files_of_others

FOLDER = Path(os.environ.get("LEEWARD_SAMPLES", Path(__file__).resolve().parents[4] / "shared/samples/articles"))

needs_samples = needs_files_of_others(FOLDER / "article-3.txt", "LEEWARD_SAMPLES")
