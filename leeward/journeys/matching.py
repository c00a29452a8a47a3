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

WEIGHTS = {"meaning": 1.0, "facts": 0.25, "words": 0.05}
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
