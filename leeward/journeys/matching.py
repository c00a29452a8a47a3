"""Which texts speak of the same situation as a question: by meaning, by the facts that both tell, and by shared words.

This is how well her own words put others in order, measured on files of questions and stories (`evaluate_matching`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from leeward.journeys.facts import Pair
from leeward.journeys.nearness import Profile
from leeward.journeys.ranking import facts_for_index, plan_for
from leeward.language.embedder import Embedder
from leeward.language.told import told
from leeward.search.plans import weigh

WEIGHTS = {"meaning": 1.0, "facts": 0.25, "words": 0.15}
"""What each counts, chosen on development hands (docs/finding.md): a likeness of 1 by meaning; facts that say as much
as `MANY_FACTS`; and every telling word of the question."""
MANY_FACTS = 12.0


@dataclass(frozen=True)
class Entry:
    """One line of a file.

    Args:
        kind: "query" or "story".
        subject: what it is about; a query's right answers are the stories of its subject.
        text: its words.
    """

    kind: str
    subject: str
    text: str


@dataclass(frozen=True)
class Likenesses:
    """How alike each question is to each story, by each sign: questions × stories, each about 0 to 1."""

    meaning: np.ndarray
    facts: np.ndarray
    words: np.ndarray

    def together(self, weights: dict[str, float] = WEIGHTS) -> np.ndarray:
        """All signs, each as it counts."""
        parts = {"meaning": self.meaning, "facts": self.facts, "words": self.words}
        return np.asarray(sum(weights[name] * parts[name] for name in weights))


def likenesses(queries: Sequence[str], stories: Sequence[str], embedder: Embedder, language: str) -> Likenesses:
    """How alike questions and stories are."""
    asked, known = (np.stack([embedder.embed(text) for text in texts]) for texts in (queries, stories))
    return Likenesses(asked @ known.T, _by_facts(queries, stories, language), _by_words(queries, stories))


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


def facts_told(text: str, language: str) -> list[Pair]:
    """The facts that a text tells, as pairs."""
    return [(one.facet, one.key) for one in told(text, language)]


def _by_facts(queries: Sequence[str], stories: Sequence[str], language: str) -> np.ndarray:
    known = [facts_for_index(facts_told(text, language)) for text in stories]
    plans = [plan_for(Profile.from_pairs(facts_told(text, language))) for text in queries]
    weights = np.array([[weigh(plan, facts) for facts in known] for plan in plans], dtype=np.float64)
    return np.minimum(weights / MANY_FACTS, 1)


def _by_words(queries: Sequence[str], stories: Sequence[str]) -> np.ndarray:
    """The share of a question's telling words that a story has; a word tells the more, the fewer stories have it."""
    known = [set(_stems(text)) for text in stories]
    having = Counter(stem for stems in known for stem in stems)
    shares = np.zeros((len(queries), len(stories)))
    for row, text in enumerate(queries):
        tells = {stem: math.log(1 + len(stories) / having[stem]) for stem in set(_stems(text)) if having[stem]}
        whole = sum(tells.values()) or 1.0
        shares[row] = [sum(weight for stem, weight in tells.items() if stem in stems) / whole for stems in known]
    return shares


def _stems(text: str) -> list[str]:
    return [re.sub(r"(ings?|ed|es|s)$", "", word) or word for word in re.findall(r"[\w&+]+", text.lower())]
