"""Who comes first, against judgements by several hands: by facts, by her words, by both, and by two peers.

    .venv/bin/python bin/with_postgres.py -- .venv/bin/python -m benchmarks.matching [--set dev] [--json]

Each asker of benchmarks/judgements/ has twelve people with a grade from 3 (must come first) to -1 (must not be shown
near the top). The development set chose what words weigh against facts (search.near.PULL); the test set was not looked
at before. Peers see facts and words as one text: TF-IDF, and pgvector with the same encoder (if PostgreSQL is there).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from leeward.language.embedder import load_embedder
from leeward.search.plans import weigh

FOLDER = Path(__file__).parent / "judgements"
TOP = 3
"""Among so many first ones nobody should stand who must not be shown near the top."""


@dataclass(frozen=True)
class Person:
    """Somebody as others see her: facts, words, and how well she fits (3 to -1)."""

    facts: list[str]
    words: str
    grade: int


@dataclass(frozen=True)
class Asker:
    """Who looks, and the people among whom she looks."""

    facts: list[str]
    words: str
    people: list[Person]


Score = Callable[[Asker], np.ndarray]
"""A number for each of an asker's people: the higher, the nearer."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--set", choices=("dev", "test"), default="test", help="which judgements (test)")
    parser.add_argument("--pulls", type=float, nargs="*", default=(), help="also try these weights of her words")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--quick", action="store_true", help="the same: it takes seconds")
    given = parser.parse_args()
    figures = measured(askers(given.set), tuple(given.pulls))
    if given.json:
        print(json.dumps(figures))
        return
    for name, row in figures.items():
        print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in row.items()))


def askers(which: str) -> list[Asker]:
    """The judgements of one set, hand by hand."""
    rows = [json.loads(line) for path in sorted((FOLDER / which).glob("*.jsonl")) for line in path.open()]
    return [
        Asker(row["asker"]["facts"], row["asker"]["words"], [Person(**person) for person in row["people"]])
        for row in rows
    ]


def measured(every: list[Asker], pulls: tuple[float, ...] = ()) -> dict[str, dict[str, float]]:
    """The figures of each way to order."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings")
    import django  # noqa: PLC0415  # the settings come first

    django.setup()
    from leeward.search.near import PULL  # noqa: PLC0415  # the same

    embedder = load_embedder("en")
    vectors = {text: embedder.embed(text) for one in every for text in _texts(one)}

    def by_words(asker: Asker) -> np.ndarray:
        return np.array([vectors[asker.words] @ vectors[person.words] for person in asker.people])

    def by_both(pull: float) -> Score:
        return lambda asker: by_facts(asker) + pull * np.maximum(by_words(asker), 0)

    ways: dict[str, Score] = {"facts only": by_facts, "words only": by_words, "both": by_both(PULL)}
    ways |= {f"both, words weigh {pull:g}": by_both(pull) for pull in pulls}
    ways["TF-IDF of facts and words"] = tf_idf(every)
    figures = {name: scored(every, way) for name, way in ways.items()}
    if "postgres" in os.environ.get("DATABASE_URL", ""):
        figures["pgvector of facts and words"] = scored(every, by_pgvector(every, embedder.embed))
    return figures


def by_facts(asker: Asker) -> np.ndarray:
    """By the facts that both show, as the finder weighs them."""
    from leeward.journeys.nearness import Profile  # noqa: PLC0415  # Django is set up by now
    from leeward.journeys.ranking import facts_for_index, plan_for  # noqa: PLC0415  # the same

    plan = plan_for(Profile.from_pairs(_pairs(asker.facts)))
    return np.array([weigh(plan, facts_for_index(_pairs(person.facts))) for person in asker.people], dtype=float)


def scored(every: list[Asker], way: Score) -> dict[str, float]:
    """How well a way to order does: nDCG@10, hit@1 (a grade of 3 first), and how often it puts first who must not."""
    gains, hits, wrong, could = [], [], 0, 0
    for asker in every:
        order = np.argsort(-way(asker), kind="stable")
        grades = np.array([asker.people[place].grade for place in order])
        found, best = (np.maximum(row, 0)[:10] for row in (grades, np.sort(grades)[::-1]))
        fades = 1 / np.log2(np.arange(2, 2 + len(found)))
        gains.append(((2.0**found - 1) * fades).sum() / ((2.0**best - 1) * fades).sum())
        hits.append(grades[0] == 3)
        wrong += int((grades[:TOP] < 0).any())
        could += int((grades < 0).any())
    return {
        "nDCG@10": round(float(np.mean(gains)), 3),
        "hit@1": round(float(np.mean(hits)), 3),
        f"must not, in the first {TOP}": round(wrong / could, 3),
        "askers": len(every),
        "judgements": sum(len(asker.people) for asker in every),
    }


def tf_idf(every: list[Asker]) -> Score:
    """Cosine of TF-IDF over facts and words as one text, all people together as the collection."""
    known = [_tokens(_as_text(person)) for asker in every for person in asker.people]
    having = Counter(token for tokens in known for token in set(tokens))

    def vector(tokens: list[str]) -> dict[str, float]:
        raw = {token: (1 + math.log(count)) * math.log(len(known) / (having[token] or 1)) for token, count in
               Counter(tokens).items()}  # fmt: skip
        length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {token: value / length for token, value in raw.items()}

    def score(asker: Asker) -> np.ndarray:
        mine = vector(_tokens(_as_text(asker)))
        theirs = [vector(_tokens(_as_text(person))) for person in asker.people]
        return np.array([sum(value * other.get(token, 0) for token, value in mine.items()) for other in theirs])

    return score


def by_pgvector(every: list[Asker], embed: Callable[[str], np.ndarray]) -> Score:
    """As one would build it with PostgreSQL alone: facts and words as one text, embedded, ordered by `<=>`."""
    from django.db import connection  # noqa: PLC0415  # Django is set up by now

    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS vector")
        cursor.execute("CREATE TEMPORARY TABLE judged (asker int, place int, vector vector(384))")
        for number, asker in enumerate(every):
            for place, person in enumerate(asker.people):
                cursor.execute(
                    "INSERT INTO judged VALUES (%s, %s, %s)", [number, place, str(embed(_as_text(person)).tolist())]
                )

    def score(asker: Asker) -> np.ndarray:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT place, 1 - (vector <=> %s) FROM judged WHERE asker = %s ORDER BY place",
                [str(embed(_as_text(asker)).tolist()), every.index(asker)],
            )
            return np.array([alike for _place, alike in cursor.fetchall()])

    return score


def _as_text(one: Asker | Person) -> str:
    from leeward.journeys.shown import say_pair  # noqa: PLC0415  # Django is set up by now

    return f"{', '.join(say_pair(pair) for pair in _pairs(one.facts))}. {one.words}"


def _texts(asker: Asker) -> list[str]:
    return [asker.words, *(person.words for person in asker.people)]


def _pairs(facts: list[str]) -> list[Any]:
    return [(fact.partition(":")[0], fact.partition(":")[2]) for fact in facts]


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


if __name__ == "__main__":
    main()
