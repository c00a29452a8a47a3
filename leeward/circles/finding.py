"""Who is near: people who chose to be found, ordered by what they chose to show, each with the reasons in words.

Only what presences show is used; a hidden journey of anybody else orders nothing (docs/decisions/0012, 0024).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from leeward.audience.viewers import Viewer
from leeward.circles.models import Meeting, Presence
from leeward.circles.paces import RESTS
from leeward.circles.shown import facts_of
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
        facts: all that she shows, in words.
    """

    presence: Presence
    reasons: list[str]
    facts: list[str]


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
        NearPerson(
            one,
            likeness(profile, Profile.from_pairs(facts[one.pk]), speech, factors)[1],
            pairs_in_words(facts[one.pk]),
        )
        for one in people
    ]
    return [one for one in near if one.reasons]


def _already_met(viewer: Viewer) -> list[int]:
    """The presences of those between whom and her something stands that is not over, or is over but lately."""
    not_long_over = Q(ended_at=None) | Q(ended_at__gt=now_us() - RESTS)
    seen = Meeting.objects.filter(not_long_over).visible_to(viewer)
    rows = seen.filter(Q(author_id=viewer.member_id) | Q(asked_id=viewer.member_id)).values_list("author", "asked")
    others = {one for row in rows for one in row if one is not None and one != viewer.member_id}
    return list(Presence.objects.filter(author__in=others).visible_to(viewer).values_list("pk", flat=True))


def _described(presence: Presence) -> Document:
    return Document("", presence.text, facts_for_index(facts_of([presence])[presence.pk]))
