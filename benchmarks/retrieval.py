"""How well questions find their answers: nDCG@10 by words, by meaning, and by both, on MedQuAD's judged answers.

    .venv/bin/python -m benchmarks.retrieval FOLDER [--answers 400]

FOLDER holds the collection (CC BY 4.0; never part of the project): the zip with its answers and its judgements. The
texts of TREC's questions are not in it. So each question is asked in the words of the heading of its best answer, and
what is indexed are answers without headings. Judgements are the collection's own (1 to 4, as gains 0 to 3); answers
that were judged for other questions stand between them.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import math
import os
import sys
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.machine import described

LARGEST = 10_000_000
KIND = "stories.story"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retrieval", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the collection's zip is")
    parser.add_argument("--answers", type=int, default=0, help="only so many answers: to see that it runs")
    options = parser.parse_args()
    answers, judged = read(next(options.folder.glob("*.zip")))
    if options.answers:
        answers = dict(list(answers.items())[: options.answers])
    with tempfile.TemporaryDirectory(prefix="leeward-retrieval-") as folder:
        os.environ |= {"LEEWARD_DATA": folder, "DJANGO_SETTINGS_MODULE": "leeward.settings"}
        os.environ.pop("DATABASE_URL", None)
        print(json.dumps({"machine": described(), "retrieval": measured(answers, judged)}, indent=1))
    return 0


def read(path: Path) -> tuple[dict[str, tuple[str, str]], dict[str, dict[str, int]]]:
    """Heading and text of each answer, and for each question what its answers are worth."""
    csv.field_size_limit(LARGEST)
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.startswith("__")]
        told = archive.read(next(name for name in names if name.endswith(".csv"))).decode()
        said = archive.read(next(name for name in names if "qrels" in name and name.endswith(".txt"))).decode()
    answers = {}
    for row in csv.DictReader(io.StringIO(told)):
        heading, _url, text = (*row["Answer"].split("\n", 2), "", "")[:3]
        answers[row["AnswerID"]] = (heading.removeprefix("Question:").strip(), text.removeprefix("Answer:").strip())
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for line in said.splitlines():
        question, judgement, answer = line.split()
        judged[question][answer] = int(judgement[0]) - 1
    return answers, judged


def measured(
    answers: dict[str, tuple[str, str]], judged: dict[str, dict[str, int]]
) -> dict[str, Any]:  # long: one measurement, told in its order
    """Index the answers, ask, and compare with the judgements."""
    import django  # noqa: PLC0415  # after the data folder is named

    django.setup()
    from django.conf import settings  # noqa: PLC0415  # the same
    from django.core.management import call_command  # noqa: PLC0415

    from leeward.language.embedder import load_embedder  # noqa: PLC0415
    from leeward.search.documents import plain  # noqa: PLC0415
    from leeward.search.finder.client import Ranked  # noqa: PLC0415
    from leeward.search.finder.core import Finder  # noqa: PLC0415
    from leeward.search.fusion import BY_MEANING, BY_WORDS, fused  # noqa: PLC0415
    from leeward.search.models import IndexedDocument  # noqa: PLC0415
    from leeward.search.plans import Plan  # noqa: PLC0415
    from leeward.search.question import read_question  # noqa: PLC0415
    from leeward.search.words import best_by_words  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    keys = dict(enumerate(answers, start=1))
    IndexedDocument.objects.bulk_create(
        IndexedDocument(kind=KIND, thing_id=key, at=key, language="en", text=plain(answers[name][1]))
        for key, name in keys.items()
    )
    finder = Finder(settings.FINDER_FOLDER, load_embedder("en"), "retrieval")
    finder.catch_up()
    while finder.embed():
        pass
    found: dict[str, list[float]] = defaultdict(list)
    for worth in judged.values():
        there = {name: gain for name, gain in worth.items() if name in answers}
        best = max(there, key=lambda name: there[name], default="")
        if not best or there[best] < 2 or not answers[best][0]:
            continue
        text = answers[best][0]
        names = best_by_words(read_question(text).terms, kinds=[KIND], reach=100)
        words = Ranked(names, [-float(place) for place in range(len(names))])
        said = finder.meant(text, Plan(), [KIND], reach=100)[0]
        meaning = Ranked.from_json(said or [])
        both = fused([(BY_WORDS, words), (BY_MEANING, meaning)], {*words.names, *meaning.names})
        for way, order in (("words only", words.names), ("meaning only", meaning.names), ("fused", both)):
            found[way].append(ndcg([there.get(keys[key], 0) for _kind, key in order[:10]], list(there.values())))
    return {
        "answers": len(answers),
        "questions": len(found["fused"]),
        "nDCG@10": {way: round(sum(values) / len(values), 3) for way, values in found.items()},
    }


def ndcg(gains: list[int], all_gains: list[int], first: int = 10) -> float:
    """Discounted gain of the first ten, as a share of the best that could be."""

    def gained(some: list[int]) -> float:
        return sum((2**gain - 1) / math.log2(place + 2) for place, gain in enumerate(some[:first]))

    return gained(gains) / (gained(sorted(all_gains, reverse=True)) or 1.0)


if __name__ == "__main__":
    sys.exit(main())
