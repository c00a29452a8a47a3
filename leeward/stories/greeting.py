"""Which stories are somebody's first and have no answer yet, for who may answer them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from leeward.audience.models import RingKind, RingMember
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.stories.models import Answer, AnswersFrom, Story


def unanswered_first_stories(reader: Member) -> QuerySet[Story]:
    """First stories that nobody but their author has answered, which this member may and wants to see, and may answer.

    Signed, it is the first of its author's signed stories that this reader can see: what she cannot see betrays itself
    to her in nothing. Without a name every story counts as a first one. If only some did, a list that lacks Maud's new
    story and holds one without a name would tell whose that is (docs/decisions/0011-unsigned-texts-and-blocks.md).
    """
    viewer = Viewer.member(reader)
    seen = Story.objects.filter(state=State.LIVE, taken_back_at=None).visible_to(viewer).gentle_for(viewer)
    earlier = Story.objects.filter(author=OuterRef("author"), signed=True, at__lt=OuterRef("at")).visible_to(viewer)
    answers = Answer.objects.filter(story=OuterRef("pk"), by_teller=False).visible_to(viewer)
    first = Q(signed=False) | Q(~Exists(earlier), author__isnull=False)
    unanswered: QuerySet[Story] = seen.filter(first, _may_answer(reader), ~Exists(answers))
    return unanswered.exclude(author=reader).exclude(with_teller=reader)


def _may_answer(reader: Member) -> Q:
    """`answering.may_answer`, as a condition on stories that she may see."""
    chosen = RingMember.objects.filter(ring__kind=RingKind.CHOSEN, ring__owner=OuterRef("author"), member=reader)
    wanted = Q(answers_from=AnswersFrom.ALL) | Q(Exists(chosen), answers_from=AnswersFrom.CHOSEN)
    return wanted & Q(answers_closed_at=None)
