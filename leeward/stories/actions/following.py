"""Follow a story, so as to be told when it goes on. Nobody but the one who follows learns of it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from leeward.audience.rule import is_visible_to
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.members.pace import keep_pace
from leeward.notifications.actions import tell
from leeward.notifications.bell import was_told
from leeward.stories.models import Chapter, Follow, Story
from leeward.stories.paces import FOLLOWS

GOES_ON = "stories.goes_on"
"""The notice that a story goes on."""


def follow(story: Story, *, by: Member, follows: bool) -> None:
    """Follow a story, or follow it no more. Doing so twice changes nothing.

    Args:
        story: somebody else's story that she may see.
        by: who follows.
        follows: whether she is told from now on.

    Raises:
        PermissionError: she may not see the story, it is hers, or it was taken back.
        TooOften: she has followed as often as may be for now.
    """
    if story.author_id == by.pk or story.taken_back_at or not is_visible_to(story, Viewer.member(by)):
        raise PermissionError("Only what somebody else tells is followed.")
    with transaction.atomic():
        if not follows:
            Follow.objects.filter(story=story, member=by).delete()
            return
        keep_pace(FOLLOWS, by)
        Follow.objects.get_or_create(story=story, member=by)


def is_followed(story: Story, member: Member) -> bool:
    """Whether this member, who asks about herself, follows a story."""
    return Follow.objects.filter(story=story, member=member).exists()


def tell_followers(chapter: Chapter) -> None:
    """Ring for those who follow the story, once a chapter. Part of the caller's transaction.

    Who may not see it, or asked not to meet what is inside, is not told: `tell` asks it now, and the bell and the
    letter ask again.
    """
    for one in Follow.objects.filter(story=chapter.story_id).select_related("member").order_by("pk"):
        if not was_told(one.member, GOES_ON, chapter):
            tell(one.member, GOES_ON, chapter)


def end_between(member: Member, other: Member) -> None:
    """Nobody is told any more of what the one she blocked, or who blocked her, signs.

    What is not signed she follows on: if it ended there, the block would tell who wrote it.
    """
    hers = Q(member=member, story__author=other) | Q(member=other, story__author=member)
    Follow.objects.filter(hers, story__signed=True).delete()
