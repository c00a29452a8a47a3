"""Let a story, or a chapter, end on its day: tell its author before, keep it longer if she says so, clear it away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from leeward.audience.changing import changed
from leeward.audience.shared import State
from leeward.audience.unguarded import everything
from leeward.members.models import Member
from leeward.notifications.actions import tell, untell
from leeward.stories.ends import ENDED, LONGER, end_of, has_ended, last_day, stage_of
from leeward.stories.models import Answer, Chapter, Story


class IsOver(Exception):
    """Its day is over, and to show it again is to choose anew who sees it."""


def stay_longer(story: Story, *, by: Member, until: int) -> Story:
    """Keep a story shown for `LONGER` than its day. A second click adds nothing.

    Args:
        story: the author's own.
        by: its author.
        until: the end (microseconds) that her page knew.

    Raises:
        PermissionError: somebody else's story, or a member who may show nothing to others at present.
        IsOver: others do not see it any more.
    """
    if story.author_id != by.pk or by.is_suspended:
        raise PermissionError("Only its author keeps a story shown.")
    with transaction.atomic():
        story = _locked(Story.objects.written_by(by), story.pk) or story
        day = last_day(story)
        if day is None or story.until != until:
            return story
        if has_ended(story):
            raise IsOver
        story.until = end_of(day + LONGER)
        story.until_told = stage_of(story.until)
        story.save(update_fields=["until", "until_told"])
    return story


def come_nearer(model: type[Story | Chapter], key: int, stage: int) -> bool:
    """Do what is due as a day comes near, once: tell the author, or clear away what is over.

    Args:
        model: of a story, or of a chapter.
        key: its key.
        stage: how far it has come: `TOLD_A_WEEK_BEFORE`, `TOLD_A_DAY_BEFORE` or `ENDED`.
    """
    with transaction.atomic():
        told: Story | Chapter | None = _locked(
            everything(model, reason="what has an end comes to it, whoever looks"), key
        )
        if told is None or told.until_told >= stage or stage_of(told.until) < stage:
            return False
        told.until_told = stage
        told.save(update_fields=["until_told"])
        if stage == ENDED:
            _clear_away(told)
        elif told.author is not None and told.state in {State.LIVE, State.HELD} and told.is_for_others():
            tell(told.author, "stories.until", told)
    return True


def _clear_away(told: Story | Chapter) -> None:
    """Out of the search, from unread bells and from letters; what was left behind by nobody goes for good."""
    chapters, answers = _inside(told)
    if told.author is None:
        answers.delete()
        chapters.delete()
        told.delete()
        return
    for thing in (told, *chapters):
        changed(thing)
        untell(thing)


def _inside(told: Story | Chapter) -> tuple[QuerySet[Chapter], QuerySet[Answer]]:
    """The chapters of a story and all answers in it; or the answers to a chapter."""
    chapters = everything(Chapter, reason="a story ends with its chapters")
    answers = everything(Answer, reason="what was left behind ends with the answers to it")
    if isinstance(told, Chapter):
        return chapters.none(), answers.filter(chapter=told)
    return chapters.filter(story=told), answers.filter(story=told)


def _locked(rows: QuerySet[Any], key: int) -> Any:  # a row of that model, or None
    return rows.select_for_update(no_key=True, of=("self",)).filter(pk=key).first()
