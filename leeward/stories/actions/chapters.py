"""How a story goes on: show a chapter to those whom its author chose, or take it back with what answers it."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.urls import reverse

from leeward.audience.publishing import changed, publish
from leeward.audience.shared import State
from leeward.audience.unguarded import everything
from leeward.kit.moments import FAR_FUTURE
from leeward.members.models import Member
from leeward.members.pace import keep_pace
from leeward.members.turns import once_at_a_time
from leeward.members.unsent import put_away
from leeward.moderation.actions import hand_in, is_hidden, settle, stop_waiting
from leeward.moderation.suggesting import say_notes
from leeward.stories.actions.following import tell_followers
from leeward.stories.actions.pictures import pictures_follow, pictures_page, take_pictures_back
from leeward.stories.audiences import Sharing, ShowTo, rings_for
from leeward.stories.ends import stage_of
from leeward.stories.models import Answer, Chapter, Story
from leeward.stories.paces import STORIES
from leeward.stories.together.ending import forget_readings_of, show_told

_CHOSEN = ["signed", "notes", "perhaps", "not_inside", "answers_from", "quotable", "until", "until_told"]
_EMPTIED = ["title", "text", "notes", "perhaps", "not_inside", "year", "month", "day", "until"]


def share_chapter(chapter: Chapter, *, by: Member, sharing: Sharing) -> Chapter:
    """Show a chapter as its author chose and have it read: `hand_in_chapter`, then `moderation.actions.settle`."""
    hand_in_chapter(chapter, by=by, sharing=sharing)
    settle(chapter)
    return chapter


def hand_in_chapter(chapter: Chapter, *, by: Member, sharing: Sharing) -> Chapter:
    """Show a chapter as its author chose, held until it was read; the caller settles it.

    It is signed as its story is.

    Args:
        chapter: the author's own.
        by: its author.
        sharing: to whom of those who may see the story, who may answer, and what is inside.

    Raises:
        PermissionError: somebody else's, one that a decision took out of sight, or a suspended member.
        CannotBeShownSo: the choices contradict each other.
        TooOften: she has shown as much today as may be.
    """
    if chapter.author_id != by.pk or (by.is_suspended and sharing.show_to is not ShowTo.ONLY_ME):
        raise PermissionError("Only its author shows a chapter, and nobody who is suspended shows anything to others.")
    story = Story.objects.written_by(by).get(pk=chapter.story_id)
    rings = rings_for(replace(sharing, signed=story.signed), by)
    with transaction.atomic():
        once_at_a_time(by)
        chapter.refresh_from_db(fields=["state", "at", "until", "not_inside"])  # her page may know what was before
        if story.taken_back_at or chapter.state == State.WITHDRAWN:
            raise PermissionError("What was taken back or removed is not shown again.")
        read_before = chapter.is_live and chapter.is_for_others()
        _choose(chapter, story, sharing)
        show_told(chapter, rings)
        pictures_follow(chapter)
        if rings and not read_before:
            if chapter.state != State.HELD:
                keep_pace(STORIES, by)
                hand_in(chapter)
            return chapter
        stop_waiting(chapter)
        if not is_hidden(chapter):  # what a decision hid stays hidden, however its author turns it
            publish(chapter)
            tell_followers(chapter)  # who may see it only now
    return chapter


def _choose(chapter: Chapter, story: Story, sharing: Sharing) -> None:
    """What she chose, on her chapter. Of the end that it has already she may have been told."""
    chapter.signed, chapter.answers_from = story.signed, sharing.answers_from
    chapter.quotable = sharing.quotable
    say_notes(chapter, sharing.notes)
    if chapter.until != sharing.until:
        chapter.until, chapter.until_told = sharing.until, stage_of(sharing.until)
    chapter.save(update_fields=_CHOSEN)


def sign_chapters(story: Story) -> None:
    """Have the chapters of a story signed as it is now. Part of the caller's transaction."""
    changing = everything(Chapter, reason="a chapter is signed as its story is").filter(story=story)
    changing.exclude(signed=story.signed).update(signed=story.signed)


def take_chapter_back(chapter: Chapter, *, by: Member) -> None:
    """Take a chapter back: its words and what answers them are deleted at once, everywhere.

    Raises:
        PermissionError: somebody else's chapter.
    """
    if chapter.author_id != by.pk:
        raise PermissionError("Only its author takes a chapter back.")
    with transaction.atomic():
        once_at_a_time(by)  # else a photo could come into it in this very moment
        _delete(chapter)


def take_chapters_back(story: Story, *, keep_answers: bool) -> None:
    """Take all chapters of a story back with it. Part of the caller's transaction.

    Args:
        story: what is taken back.
        keep_answers: leave what answers a chapter standing, for those who could see it, without the chapter's words.
    """
    for chapter in everything(Chapter, reason="a story is taken back with all its chapters").filter(story=story):
        answers = everything(Answer, reason="whether anything answers a chapter").filter(chapter=chapter)
        if not (keep_answers and chapter.state == State.LIVE and answers.exists()):
            _delete(chapter)
            continue
        _forget_change_begun(chapter)
        chapter.title, chapter.text, chapter.notes, chapter.perhaps, chapter.not_inside = "", "", 0, 0, 0
        chapter.year = chapter.month = chapter.day = None
        if chapter.is_live:
            chapter.until = FAR_FUTURE  # its end was that of her words, not of what others answered
        chapter.save(update_fields=_EMPTIED)
        changed(chapter)


def _forget_change_begun(chapter: Chapter) -> None:
    """A change that its author began and has not sent holds its words too."""
    if chapter.author is not None:
        put_away(chapter.author, reverse("stories:write_chapter", args=[chapter.ref]), pictures_page(chapter))


def _delete(chapter: Chapter) -> None:
    _forget_change_begun(chapter)
    take_pictures_back(chapter)
    forget_readings_of(chapter)
    everything(Answer, reason="a chapter is taken back with all answers to it").filter(chapter=chapter).delete()
    chapter.delete()
