"""Share: choose who sees a story and send it on its way, or take it back."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from leeward.audience.publishing import changed, publish
from leeward.audience.shared import State
from leeward.audience.unguarded import everything
from leeward.journeys.notes_of_facts import notes_of
from leeward.kit.moments import FAR_FUTURE, now_us
from leeward.members.models import Member
from leeward.members.pace import keep_pace
from leeward.members.turns import once_at_a_time
from leeward.members.unsent import put_away
from leeward.moderation.actions import hand_in, is_hidden, settle, stop_waiting
from leeward.moderation.suggesting import say_notes
from leeward.stories.actions.chapters import sign_chapters, take_chapters_back
from leeward.stories.actions.pictures import pictures_follow, pictures_page, take_pictures_back
from leeward.stories.audiences import Sharing, refuse_unsigned_for_chosen, rings_for
from leeward.stories.ends import stage_of
from leeward.stories.jointly.parting import LINK, forget_link
from leeward.stories.jointly.questions import as_both_agreed
from leeward.stories.models import Answer, Follow, Reaction, ShownFact, Story
from leeward.stories.paces import STORIES
from leeward.stories.together.ending import forget_readings_of, show_told

_CHOSEN = ["signed", "notes", "perhaps", "not_inside", "answers_from", "quotable", "asking", "until", "until_told"]
_GONE = ["title", "text", "notes", "perhaps", "not_inside", "read_marks"]
_EMPTIED = [*_GONE, "asking", "until", "taken_back_at", "touched_at"]


def share(story: Story, *, by: Member, sharing: Sharing) -> Story:
    """Show a story as its author chose and have it read: `hand_in_story`, then `moderation.actions.settle`."""
    hand_in_story(story, by=by, sharing=sharing)
    settle(story)
    return story


def hand_in_story(story: Story, *, by: Member, sharing: Sharing) -> Story:
    """Show a story as its author chose, held until it was read; the caller settles it.

    What others see already was read: it does not wait again because its audience changes.

    Raises:
        PermissionError: somebody else's story, one that a decision took out of sight, a suspended member, or more than
            both agreed who tell it together.
        CannotBeShownSo: the choices contradict each other.
        TooOften: she has shown as many stories today as may be.
    """
    if story.author_id != by.pk:
        raise PermissionError("Only its author shows a story.")
    rings = rings_for(sharing, by)
    if rings and by.is_suspended:
        raise PermissionError("A suspended member shows nothing to others.")
    if not sharing.signed:
        refuse_unsigned_for_chosen(story)
    with transaction.atomic():
        once_at_a_time(by)
        _as_it_is_now(story)
        sharing = as_both_agreed(story, sharing)
        read_before = story.is_live and story.is_for_others()
        _choose(story, sharing)
        say_notes(story, sharing.notes | notes_of(sharing.facts))  # a fact that is shown is inside too
        story.save(update_fields=_CHOSEN)
        sign_chapters(story)
        _show_facts(story, sharing)
        show_told(story, rings)
        pictures_follow(story)
        if rings and not read_before:
            if story.state != State.HELD:
                keep_pace(STORIES, by)
                hand_in(story)
            return story
        stop_waiting(story)
        if not is_hidden(story):  # what a decision hid stays hidden, however its author turns it
            publish(story)
    return story


def take_back(story: Story, *, by: Member, keep_answers: bool) -> None:
    """Take a story back: its words are deleted at once, everywhere.

    Args:
        story: the author's own.
        by: its author.
        keep_answers: leave what others answered standing, under a page that says that the story was taken back.

    Raises:
        PermissionError: somebody else's story.
    """
    if story.author_id != by.pk:
        raise PermissionError("Only its author takes a story back.")
    with transaction.atomic():
        once_at_a_time(by)
        forget_link(story)
        put_away(by, reverse("stories:write", args=[story.ref]), pictures_page(story))  # what she began holds them too
        ShownFact.objects.filter(story=story).delete()
        Reaction.objects.filter(story=story).delete()
        Follow.objects.filter(story=story).delete()
        forget_readings_of(story)
        take_pictures_back(story)
        take_chapters_back(story, keep_answers=keep_answers and story.state == State.LIVE)
        if keep_answers and story.state == State.LIVE:
            story.title, story.text, story.read_marks = "", "", 0
            story.notes, story.perhaps, story.not_inside = 0, 0, 0
            story.asking, story.taken_back_at, story.touched_at = 0, now_us(), now_us()
            if story.is_live:
                story.until = FAR_FUTURE  # its end was that of her words, not of what others answered
            story.save(update_fields=_EMPTIED)
            changed(story)
            return
        everything(Answer, reason="a story is taken back with all answers to it").filter(story=story).delete()
        Story.objects.written_by(by).filter(pk=story.pk).delete()


def _as_it_is_now(story: Story) -> None:
    """What may have changed since it was asked for: her page may know what was before."""
    told_with = story.also_id
    story.refresh_from_db(fields=["state", "at", "until", "taken_back_at", "not_inside", *LINK])
    if story.taken_back_at or story.state == State.WITHDRAWN:
        raise PermissionError("What was taken back or removed is not shown again.")
    if story.also_id != told_with:
        raise PermissionError("Whether two tell it has changed in this very moment.")


def _choose(story: Story, sharing: Sharing) -> None:
    """What she chose, on her story. Of the end that it has already she may have been told."""
    story.signed, story.answers_from, story.asking = sharing.signed, sharing.answers_from, sharing.asking
    story.quotable = sharing.quotable
    if story.until != sharing.until:
        story.until, story.until_told = sharing.until, stage_of(sharing.until)


def _show_facts(story: Story, sharing: Sharing) -> None:
    ShownFact.objects.filter(story=story).delete()
    facts = [ShownFact(story=story, facet=facet, key=key) for facet, key in sorted(sharing.facts)]
    ShownFact.objects.bulk_create(facts)
