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
from leeward.language.embedder import load_embedder

LARGEST = 10_000_000
KIND = "stories.story"
REACH = 100


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


def measured(answers: dict[str, tuple[str, str]], judged: dict[str, dict[str, int]]) -> dict[str, Any]:
    """Index the answers, ask, and compare with the judgements."""
    keys = dict(enumerate(answers, start=1))
    asked = questions(answers, judged)
    looked = Looked([(key, "", answers[name][1]) for key, name in keys.items()])
    found: dict[str, list[float]] = defaultdict(list)
    for text, worth in asked:
        for way, order in looked.ways(text).items():
            found[way].append(ndcg([worth.get(keys[key], 0) for key in order[:10]], list(worth.values())))
    return {
        "answers": len(answers),
        "questions": len(asked),
        "nDCG@10": {way: round(sum(values) / len(values), 3) for way, values in found.items()},
    }


def questions(
    answers: dict[str, tuple[str, str]], judged: dict[str, dict[str, int]]
) -> list[tuple[str, dict[str, int]]]:
    """What is asked: the heading of the best answer of each question with a good one; and what answers are worth."""
    asked = []
    for worth in judged.values():
        there = {name: gain for name, gain in worth.items() if name in answers}
        best = max(there, key=lambda name: there[name], default="")
        if best and there[best] >= 2 and answers[best][0]:
            asked.append((answers[best][0], there))
    return asked


class Looked:
    """An index, looked through by words, meaning and facts; once in a process, in the data folder of the environment.

    Args:
        texts: key, title and text of each; None: the demonstration village.
    """

    def __init__(self, texts: list[tuple[int, str, str]] | None) -> None:
        import django  # noqa: PLC0415  # after the data folder is named

        django.setup()
        from django.conf import settings  # noqa: PLC0415  # the same
        from django.core.management import call_command  # noqa: PLC0415  # the same

        from leeward.search.documents import plain  # noqa: PLC0415  # the same
        from leeward.search.finder.core import Finder  # noqa: PLC0415  # the same
        from leeward.search.models import IndexedDocument  # noqa: PLC0415  # the same

        call_command("migrate", verbosity=0)
        if texts is None:
            call_command("village", quiet=True, verbosity=0)
        IndexedDocument.objects.bulk_create(
            IndexedDocument(kind=KIND, thing_id=key, at=key, language="en", title=plain(title), text=plain(text))
            for key, title, text in texts or ()
        )
        self.finder = Finder(settings.FINDER_FOLDER, load_embedder("en"), "retrieval")
        self.finder.catch_up()
        while self.finder.embed():
            pass

    def lists(self, text: str) -> dict[str, Any]:
        """What a question finds by its words, by its meaning, and by the facts that it says."""
        from leeward.search.finder.client import Ranked  # noqa: PLC0415  # after the data folder is named
        from leeward.search.fusion import alike  # noqa: PLC0415  # the same
        from leeward.search.question import read_question  # noqa: PLC0415  # the same
        from leeward.search.words import best_by_words  # noqa: PLC0415  # the same

        question = read_question(text)
        names = best_by_words(question.terms, kinds=[KIND], reach=REACH)
        meaning, facts = self.finder.meant(text, question.plan, [KIND], reach=REACH)
        return {
            "words": Ranked(names, [-float(place) for place in range(len(names))]),
            "meaning": alike(Ranked.from_json(meaning or [])),
            "facts": Ranked.from_json(facts),
        }

    def ways(self, text: str) -> dict[str, list[int]]:
        """The keys of what a question finds, best first, by each way alone and by all."""
        from leeward.search.fusion import BY_FACTS, BY_MEANING, BY_WORDS, TIERS, fused  # noqa: PLC0415  # the same

        lists = self.lists(text)
        weights = {"words": BY_WORDS, "meaning": BY_MEANING, "facts": BY_FACTS}
        together = fused([(weights[way], ranked) for way, ranked in lists.items()], TIERS[0])
        found = {f"{way} only": ranked.names for way, ranked in lists.items()} | {"fused": together}
        return {way: [key for _kind, key in names] for way, names in found.items()}


def ndcg(gains: list[int], all_gains: list[int], first: int = 10) -> float:
    """Discounted gain of the first ten, as a share of the best that could be."""

    def gained(some: list[int]) -> float:
        return sum(float(2**gain - 1) / math.log2(place + 2) for place, gain in enumerate(some[:first]))

    return gained(gains) / (gained(sorted(all_gains, reverse=True)) or 1.0)


if __name__ == "__main__":
    sys.exit(main())
