"""Who is near: people who chose to be found, ordered by what they chose to show, each with the reasons in words.

Only what presences show is used; a hidden journey of anybody else orders nothing (docs/decisions/0012, 0024).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from leeward.audience.prepared import prepared
from leeward.audience.rows import in_sizes
from leeward.audience.viewers import Viewer
from leeward.circles.models import Meeting, Presence
from leeward.circles.paces import RESTS
from leeward.circles.shown import facts_of
from leeward.journeys.facts import Pair
from leeward.journeys.nearness import EVENLY, Profile, likeness
from leeward.journeys.ranking import facts_for_index, plan_for
from leeward.journeys.shown import pairs_in_words
from leeward.journeys.words import PLAIN, Speech
from leeward.kit.moments import now_us
from leeward.search.documents import Document, register
from leeward.search.near import nearest

KIND = "circles.presence"
MOST = 5
"""So many people are shown at once: a longer list is for choosing among people, which nobody is to be."""


@dataclass(frozen=True)
class NearPerson:
    """Somebody who can be found, and why she is near, most telling reason first.

    Args:
        presence: hers.
        reasons: what both share, in words.
        pairs: all that she shows.
    """

    presence: Presence
    reasons: list[str]
    pairs: list[Pair]

    @property
    def facts(self) -> list[str]:
        """All that she shows, in words."""
        return pairs_in_words(self.pairs)


def register_finding() -> None:
    """Let presences be found, by their words and facts and never by a name. Called at start-up."""
    register(Presence, _described)


def people_near(
    profile: Profile,
    viewer: Viewer,
    *,
    speech: Speech = PLAIN,
    factors: Mapping[str, int] = EVENLY,
    words: str = "",
    size: int = MOST,
) -> list[NearPerson]:
    """The people nearest to a profile who may be found by this viewer; at most five.

    Left out are she herself, whom she writes with, has written to or wrote with until lately, whom she put aside or
    muted, and what she asked not to meet. Nobody learns that she was shown or passed over.

    Args:
        profile: facts of the viewer's journey, or those shown with a story.
        viewer: who is looking; a stranger finds nobody.
        speech: how reasons are said to her.
        factors: how much more each question counts to her.
        words: words of hers by which the nearest are put in order among themselves.
        size: how many, five at most.
    """
    if not viewer.is_member:
        return []
    but = [(KIND, key) for key in _already_met(viewer)]
    wanted = min(size, MOST)
    found = nearest(plan_for(profile, factors), viewer, kinds=[KIND], words=words, but=but, size=wanted).found
    people = [one.thing for one in found if isinstance(one.thing, Presence)]
    people = [one for one in people if one.author is not None and one.author.is_active and not one.author.has_ended]
    facts = facts_of(people)
    near = [
        NearPerson(one, likeness(profile, Profile.from_pairs(facts[one.pk]), speech, factors)[1], facts[one.pk])
        for one in people
    ]
    return [one for one in near if one.reasons]


def _already_met(viewer: Viewer) -> list[int]:
    """The presences of those between whom and her something stands that is not over, or is over but lately."""
    both = _meetings_of(viewer, rested=now_us() - RESTS)
    others = {one for row in both for one in row if one is not None and one != viewer.member_id}
    return [key for some in in_sizes(others) for (key,) in _presences_of(viewer, len(some), **some)]


@prepared
def _meetings_of(viewer: Viewer, *, rested: int) -> QuerySet[Any, tuple[int | None, int | None]]:
    seen = Meeting.objects.filter(Q(ended_at=None) | Q(ended_at__gt=rested)).visible_to(viewer)
    hers = seen.filter(Q(author_id=viewer.member_id) | Q(asked_id=viewer.member_id))
    rows: QuerySet[Any, tuple[int | None, int | None]] = hers.values_list("author_id", "asked_id")
    return rows


@prepared
def _presences_of(viewer: Viewer, /, many: int, **keys: int) -> QuerySet[Any, tuple[int]]:
    theirs = Presence.objects.filter(author_id__in=list(keys.values())).visible_to(viewer)
    rows: QuerySet[Any, tuple[int]] = theirs.values_list("pk")
    return rows


def _described(presence: Presence) -> Document:
    return Document("", presence.text, facts_for_index(facts_of([presence])[presence.pk]))
