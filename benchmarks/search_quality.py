"""How well questions find stories of the demonstration village: nDCG@10 by words, by meaning, and by all together.

    .venv/bin/python -m benchmarks.search_quality [--half development]

60 questions with graded answers, written by hand (benchmarks/judgements/search.jsonl): half of them share words with
their answers, half share little. Weights were tuned on the development half; the test half is the figure.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.machine import described
from benchmarks.retrieval import Looked, ndcg

JUDGED = Path(__file__).parent / "judgements" / "search.jsonl"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search_quality", description=__doc__)
    parser.add_argument("--half", choices=("development", "test"), default="test", help="which judgements (test)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leeward-search-") as folder:
        os.environ |= {"LEEWARD_DATA": folder, "DJANGO_SETTINGS_MODULE": "leeward.settings"}
        os.environ.pop("DATABASE_URL", None)
        print(json.dumps({"machine": described(), "half": options.half, "nDCG@10": measured(options.half)}, indent=1))
    return 0


def measured(half: str) -> dict[str, dict[str, float]]:
    """By what questions share with their answers, and by way."""
    looked = Looked(None)
    slugs, found = slugs_of_stories(), defaultdict[str, dict[str, list[float]]](lambda: defaultdict(list))
    for asked in judged(half):
        right = asked["right"]
        for way, keys in looked.ways(asked["text"]).items():
            worth = ndcg([right.get(slugs.get(key, ""), 0) for key in keys[:10]], list(right.values()))
            for group in (f"sharing {asked['shares']}", "all"):
                found[group][way].append(worth)
    return {
        f"{group} ({len(next(iter(ways.values())))})": {
            way: round(sum(values) / len(values), 3) for way, values in ways.items()
        }
        for group, ways in found.items()
    }


def judged(half: str) -> list[dict[str, Any]]:
    """The questions of one half, with what each story is worth to them."""
    lines = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["half"] == half]


def slugs_of_stories() -> dict[int, str]:
    """What the village calls its stories, by their keys."""
    from leeward.audience.unguarded import everything  # noqa: PLC0415  # after the data folder is named
    from leeward.stories.models import Story  # noqa: PLC0415  # the same
    from leeward.village.loading import tables  # noqa: PLC0415  # the same

    stories = everything(Story, reason="benchmark: the village").values_list("text", "pk")
    keys = {text.strip(): key for text, key in stories}
    every = [told for table in tables("person") for told in table.get("story", ())]
    return {keys[told["text"].strip()]: told["slug"] for told in every}


if __name__ == "__main__":
    sys.exit(main())
