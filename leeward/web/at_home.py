"""What a member's home has to look for at all: one question, so that what she has nothing of is not asked for."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from leeward.audience.prepared import prepared
from leeward.audience.viewers import Viewer
from leeward.circles.models import LightCall
from leeward.journeys.models import OwnWord, Weighing
from leeward.members.models import Member
from leeward.stories.models import Story


@dataclass(frozen=True)
class Hers:
    """What a member has.

    Args:
        own_words: words of her own in place of the place's.
        weighings: questions that count more or less to her.
        drafts: stories that she began.
        light_asks: a light that waits for her word.
    """

    own_words: bool = False
    weighings: bool = False
    drafts: bool = False
    light_asks: bool = False


def what_is_hers(viewer: Viewer) -> Hers:
    """What this member has. One question."""
    return next((Hers(*row) for row in _hers(viewer)), Hers())


@prepared
def _hers(viewer: Viewer) -> QuerySet[Member, tuple[bool, bool, bool, bool]]:
    she = OuterRef("pk")
    return Member.objects.filter(pk=viewer.member_id).values_list(
        Exists(OwnWord.objects.filter(member=she)),
        Exists(Weighing.objects.filter(member=she)),
        Exists(Story.objects.written_by(Member(pk=viewer.member_id)).filter(at=None)),
        Exists(LightCall.objects.filter(newcomer=she, agreed=None)),
    )
