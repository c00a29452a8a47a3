"""Objecting to a decision: once, in time, heard by another person, and with effect."""

from __future__ import annotations

from leeward.members.models import Member
from leeward.moderation.actions.appealing import hear, open_appeal
from leeward.moderation.models import Appeal
from leeward.notifications.models import Notice
from leeward.stories.models import Answer, Story


def state_of(thing: Story | Answer) -> int:
    thing.refresh_from_db()
    return thing.state


def heard(appeal: Appeal, by: Member, *, granted: bool, answer: str = "We read it anew.") -> None:
    open_appeal(appeal, by=by)
    hear(appeal, by=by, granted=granted, answer=answer)


def kinds_told(member: Member) -> set[str]:
    return set(Notice.objects.filter(member=member).values_list("kind", flat=True))
