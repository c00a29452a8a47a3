"""Near: stories ordered by the facts that they share with a journey or another story, each with its reasons in words.

Only facts that authors chose to show with their stories are used; a hidden journey orders nothing (decision 0012).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leeward.audience.viewers import Viewer
from leeward.journeys.facts import Pair
from leeward.journeys.nearness import EVENLY, Profile, likeness
from leeward.journeys.ranking import plan_for
from leeward.journeys.shown import pairs_in_words
from leeward.journeys.words import PLAIN, Speech
from leeward.search.near import nearest
from leeward.stories.facts import shown_facts
from leeward.stories.models import Story

KIND = "stories.story"


@dataclass(frozen=True)
class NearStory:
    """A story and why it is near.

    Args:
        story: it.
        reasons: what is shared, in words, most telling first.
        pairs: all that it shows.
    """

    story: Story
    reasons: list[str]
    pairs: list[Pair]

    @property
    def facts(self) -> list[str]:
        """All that it shows, in words."""
        return pairs_in_words(self.pairs)


def near(
    profile: Profile,
    viewer: Viewer,
    *,
    speech: Speech = PLAIN,
    factors: Mapping[str, int] = EVENLY,
    words: str = "",
    size: int = 20,
    but: Iterable[int] = (),
) -> list[NearStory]:
    """The stories nearest to a profile, from those that this viewer may and wants to see.

    Args:
        profile: facts of a journey, or those shown with a story.
        viewer: who is looking; her own stories are left out.
        speech: how reasons are said to her: in her own words, where she has any.
        factors: how much more each question counts to her (journeys.ranking.factors_in).
        words: words of hers by which the nearest are put in order among themselves.
        size: at most so many.
        but: the keys of stories to leave out.
    """
    left_out = [(KIND, key) for key in but]
    found = nearest(plan_for(profile, factors), viewer, kinds=[KIND], words=words, but=left_out, size=size).found
    stories = [one.thing for one in found if isinstance(one.thing, Story)]
    facts = shown_facts(stories)
    told = [
        NearStory(story, likeness(profile, Profile.from_pairs(facts[story.pk]), speech, factors)[1], facts[story.pk])
        for story in stories
    ]
    return [one for one in told if one.reasons]
