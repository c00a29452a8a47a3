"""Follow a story, so as to be told when it goes on. Nobody but the one who follows learns of it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from leeward.audience.rows import tellers_of
from leeward.audience.rule import is_visible_to
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.members.pace import keep_pace
from leeward.notifications.many import tell_once, who_hears
from leeward.stories.models import Chapter, Follow, Round, Story
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
        PermissionError: she may not see the story, she tells it, or it was taken back.
        TooOften: she has followed as often as may be for now.
    """
    if by.pk in story.tellers or story.taken_back_at or not is_visible_to(story, Viewer.member(by)):
        raise PermissionError("Only what somebody else tells is followed.")
    with transaction.atomic():
        if not follows:
            Follow.objects.filter(story=story, member=by).delete()
            return
        keep_pace(FOLLOWS, by)
        Follow.objects.get_or_create(story=story, member=by)


def tell_followers(chapter: Chapter) -> None:
    """Have those told who follow the story, once a chapter: some at a time, in the background (`tell_some`).

    Part of the caller's transaction, which takes no longer for a million who follow than for one. Shown to more people
    later, it is looked for anew who may see it now.
    """
    Round.objects.update_or_create(chapter=chapter, defaults={"after": 0, "at": now_us()})


def tell_some(at_once: int) -> int | None:
    """Tell some of those who are yet to be told of a chapter; how many heard of it, None if nobody waits.

    Who may not see it by now, or asked not to meet what is inside, is not told. What was told and how far it has come
    are written in one transaction: killed in between, a round begins where the last one ended, and nobody hears twice.

    Args:
        at_once: how many are looked at.
    """
    due = Round.objects.select_related("chapter__story").order_by("at", "pk").first()
    if due is None:
        return None
    chapter: Chapter = due.chapter
    follows = Follow.objects.filter(story=chapter.story_id, pk__gt=due.after, at__lte=due.at)
    some = list(follows.select_related("member").order_by("pk")[:at_once])
    hear = who_hears([one.member for one in some], GOES_ON, chapter)
    with transaction.atomic():
        as_it_was = Round.objects.select_for_update().filter(pk=due.pk, after=due.after, at=due.at)
        if not as_it_was.exists():  # another has gone on with it, it began anew, or the chapter was taken back
            return 0
        told = tell_once(hear, GOES_ON, chapter)
        if len(some) < at_once:
            as_it_was.delete()
        else:
            as_it_was.update(after=some[-1].pk)
    return told


def end_between(member: Member, other: Member) -> None:
    """Nobody is told any more of what the one she blocked, or who blocked her, signs.

    What is not signed she follows on: if it ended there, the block would tell who wrote it.
    """
    hers = Q()
    for teller in tellers_of(Story):
        hers |= Q(member=member, **{f"story__{teller}": other}) | Q(member=other, **{f"story__{teller}": member})
    Follow.objects.filter(hers, story__signed=True).delete()
