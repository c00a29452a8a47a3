"""The words that a member chose, in guides.

A guide's text says `{child|your baby or your pregnancy}` where it speaks of the one she lost, and `{kind:tfmr|an ending
for medical reasons}` where it says a term of the vocabulary. She reads the word that she chose; whoever has chosen
none, or is not signed in, reads what stands after the bar. Hers begin with a capital where the neutral ones do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from leeward.journeys.models import ChildWord, Journey, Loss
from leeward.journeys.summary import child_word
from leeward.journeys.words import PLAIN, Speech, speech_of
from leeward.library.guides.content import is_facet
from leeward.members.models import Member

CHILD = "child"
WORD = re.compile(r"\{([a-z_]+(?::[a-z_]+)?)\|([^{}|\n]+)\}")
"""A word of hers: its name, and what stands there for everybody else."""


@dataclass(frozen=True)
class HerWords:
    """How guides speak to one person.

    Args:
        child: what she calls the one she lost; "" if she has not said.
        speech: her words, and the host's, in place of the vocabulary's.
    """

    child: str = ""
    speech: Speech = field(default=PLAIN)

    def put(self, name: str, neutral: str) -> str:
        """The word of this name as she reads it."""
        facet, _colon, key = name.partition(":")
        hers = self.child if name == CHILD else self.speech.replaced(facet, key)
        if not hers:
            return neutral
        return hers[:1].upper() + hers[1:] if neutral[:1].isupper() else hers


NEUTRAL = HerWords()
"""For whoever is not signed in: neutral, but for the host's own words."""


def is_word(name: str) -> bool:
    """Whether there is a word of this name."""
    return name == CHILD or is_facet(name)


def words_of(member: Member, journey: Journey | None) -> HerWords:
    """How guides speak to a member. One question, and one more if she told a name.

    Args:
        member: who reads.
        journey: hers, if she keeps one.
    """
    return HerWords(_child(member, journey), speech_of(member))


def _child(member: Member, journey: Journey | None) -> str:
    if journey is None or journey.word in {"", ChildWord.RATHER_NOT_SAY}:
        return ""
    if journey.word == ChildWord.OWN:
        return journey.own_word
    if journey.word != ChildWord.NAME:
        return child_word(journey)
    named = list(Loss.objects.filter(member=member).exclude(name="")[:2])
    return child_word(journey, named[0]) if len(named) == 1 else ""  # of several, a guide cannot know which
