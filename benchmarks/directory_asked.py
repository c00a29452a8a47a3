"""What people ask of a directory of services, by chance but the same each time, as choices and as words."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from leeward.library.finding.sought import Sought
from leeward.library.finding.spots import Spot
from leeward.library.finding.terms import AUDIENCES, NEEDS
from leeward.library.finding.words import read_words

SEED = 6
WORDS = (
    "grief counselling", "someone who listens", "evening group", "photograph", "quiet room", "harbour clinic",
    "bring a photograph", "Grey Lamp", "funeral at Far Holm", "Upper Fetch Trust", "ring back within two days",
    "midwife", "lawyer", "councelling", "low reef hospital", "someone listens to you and nobody hurries you",
)  # fmt: skip
TOWNS = ("Grey Lamp", "Low Harbour", "Far Reach", "Lower Fetch", "Old Quay", "Still Bay", "North Holm")
LANGUAGES = ("pl", "ur", "ar", "es", "cy")
KINDS = (
    "need and place", "need", "words", "words and place", "need, language", "need, audience, place",
    "need, open now, place", "need, free, remote", "what she told", "nothing chosen",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A question.

    Args:
        kind: one of KINDS.
        sought: as the page asks it.
        text: the same as somebody types it who has words alone.
    """

    kind: str
    sought: Sought
    text: str


def questions(count: int) -> list[Question]:
    """As many of each kind, in turn."""
    chance = random.Random(SEED)
    return [_question(chance, KINDS[number % len(KINDS)]) for number in range(count)]


def _question(chance: random.Random, kind: str) -> Question:  # long: one line for each choice there is
    sought, said = Sought(), list[str]()
    if "need" in kind:
        code = chance.choice(list(NEEDS))
        sought, said = replace(sought, needs=frozenset({code})), [code.replace("_", " ")]
    if "words" in kind:
        words = chance.choice(WORDS)
        sought, said = replace(sought, words=read_words(words)), [*said, words]
    if "place" in kind:
        spot, within = Spot(56 + chance.random(), -13 + chance.random()), chance.choice((5, 10, 25, 50))
        sought, said = replace(sought, near=spot, within=within, country="XL"), [*said, chance.choice(TOWNS)]
    if "language" in kind:
        language = chance.choice(LANGUAGES)
        sought, said = replace(sought, language=language), [*said, language]
    if "audience" in kind:
        code = chance.choice(list(AUDIENCES))
        sought, said = replace(sought, audiences=frozenset({code})), [*said, code.replace("_", " ")]
    if "told" in kind:
        facts = {"kind": frozenset({"tfmr"}), "children": frozenset({"none_living"})}
        sought, said = replace(sought, facts=facts), ["tfmr children none living"]
    free, remote, now = "free" in kind, "remote" in kind, "open now" in kind
    sought = replace(sought, free=free, remote=remote, open_now=now)
    return Question(kind, sought, " ".join(said) or "help")
