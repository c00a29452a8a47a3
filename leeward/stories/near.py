"""Near: stories ordered by the facts that they share with a journey or another story, each with its reasons in words.

Only facts that authors chose to show with their stories are used; a hidden journey orders nothing (decision 0012).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from leeward.audience.viewers import Viewer
from leeward.journeys.nearness import Profile, likeness
from leeward.journeys.words import PLAIN, Speech
from leeward.stories.facts import shown_facts
from leeward.stories.models import ShownFact, Story

LOOKED_THROUGH = 400
"""How many of the newest stories that share any fact are compared."""


@dataclass(frozen=True)
class NearStory:
    """A story and why it is near, most telling reason first."""

    story: Story
    reasons: list[str]


def near(
    profile: Profile, viewer: Viewer, *, speech: Speech = PLAIN, size: int = 20, but: int | None = None
) -> list[NearStory]:
    """The stories nearest to a profile, from those that this viewer may and wants to see.

    Args:
        profile: facts of a journey, or those shown with a story.
        viewer: who is looking; her own stories are left out.
        speech: how reasons are said to her: in her own words, where she has any.
        size: at most so many.
        but: the key of a story to leave out.
    """
    shares = _shares_any(profile)
    if shares is None:
        return []
    seen = Story.objects.filter(shares, taken_back_at=None).exclude(pk=but).visible_to(viewer).gentle_for(viewer)
    if viewer.is_member:
        seen = seen.exclude(author_id=viewer.member_id)
    stories: list[Story] = list(seen.select_related("author").order_by("-at")[:LOOKED_THROUGH])
    facts = shown_facts(stories)
    weighed = []
    for story in stories:
        weight, reasons = likeness(profile, Profile.from_pairs(facts[story.pk]), speech)
        if reasons:
            weighed.append((weight, story.at or 0, NearStory(story, reasons)))
    weighed.sort(key=lambda row: row[:2], reverse=True)
    return [row[2] for row in weighed[:size]]


def _shares_any(profile: Profile) -> Q | None:
    """Whether a story shows any telling fact of the profile; None if the profile has none."""
    wanted = Q()
    for facet, keys in profile.telling().items():
        wanted |= Q(facet=facet, key__in=sorted(keys))
    if not wanted:
        return None
    return Q(Exists(ShownFact.objects.filter(wanted, story=OuterRef("pk"))))
