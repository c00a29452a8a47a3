"""Answer a story, change or take back an answer, and say a word without writing."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from leeward.audience.changing import changed
from leeward.audience.models import RingKind, RingMember
from leeward.audience.prepared import prepared
from leeward.audience.rule import is_visible_to
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.kit.statements import Written, taken_away
from leeward.kit.writing import Added
from leeward.members.models import Member
from leeward.members.pace import keep_pace
from leeward.members.turns import once_at_a_time
from leeward.members.unsent import put_away
from leeward.moderation.actions import hand_in, is_hidden, settle
from leeward.moderation.looking_through import look_through
from leeward.moderation.pausing import LOOKS
from leeward.moderation.suggesting import say_notes
from leeward.notifications.actions import tell
from leeward.stories.models import (
    SENT_TWICE,
    Answer,
    AnswersFrom,
    Chapter,
    Reaction,
    ReactionWord,
    Story,
    story_and_chapter,
)
from leeward.stories.paces import ANSWERS, CHANGES, WORDS

_MAY_NOT = gettext_lazy("This story cannot be answered by you at present.")


class MayNotAnswer(PermissionError):
    """She may see the story but not answer it; the message says why, in words for her."""


class NotThere(MayNotAnswer):
    """To her the story is not there."""


def may_answer(part: Story | Chapter, member: Member | None) -> bool:
    """Whether this member may answer a story, or a chapter of one, that she may see."""
    story, _chapter = story_and_chapter(part)
    if not part.is_live:
        return False
    if member is None or member.is_suspended or story.taken_back_at or not story.is_live:
        return False
    if story.author_id == member.pk:
        return True
    if story.answers_closed_at:
        return False
    if part.answers_from == AnswersFrom.CHOSEN:
        chosen = RingMember.objects.filter(ring__kind=RingKind.CHOSEN, ring__owner_id=story.author_id)
        return chosen.filter(member=member).exists()
    return part.answers_from == AnswersFrom.ALL


def answer(part: Story | Chapter, *, by: Member, text: str, signed: bool = True, notes: int = 0) -> Answer:
    """Answer a story or a chapter and have it read: `write_answer`, then `moderation.actions.settle`."""
    made = write_answer(part, by=by, text=text, signed=signed, notes=notes)
    settle(made)
    return made


def write_answer(
    part: Story | Chapter, *, by: Member, text: str, signed: bool = True, notes: int = 0, quotable: bool = True
) -> Answer:
    """Write an answer, held until it was read; the caller settles it. The same words twice in a row are one answer.

    Under her own unsigned story an author always answers unsigned: her name would unmask her.

    Args:
        part: a story that she may see, or a chapter of one.
        by: who answers.
        text: Markdown, not empty.
        signed: with her chosen name.
        notes: bit mask of what is inside.
        quotable: whether other answers beside it may take a passage of it.

    Raises:
        MayNotAnswer: the story's author does not want it, or she may not write at present.
        TooOften: she has answered, or sent the same words again, as often as may be for now.
    """
    story, chapter = story_and_chapter(part)
    if not is_visible_to(part, Viewer.member(by, shield=0)) or not may_answer(part, by):
        raise MayNotAnswer(_MAY_NOT)
    if story.author_id == by.pk and not story.signed:
        signed = False
    hers = {"text": text, "signed": signed, "notes": notes, "quotable": quotable, "state": State.HELD}
    by_teller = story.author_id == by.pk
    made = Answer(story=story, chapter=chapter, author=by, by_teller=by_teller, **hers)
    found = look_through(made)
    with transaction.atomic():
        once_at_a_time(by)
        again = _said_lately(by, story, chapter, text)
        if again is not None:
            keep_pace(LOOKS, by, has_turn=True)  # its words were looked at once more
            return again
        keep_pace(ANSWERS, by, has_turn=True)
        _ANSWER.now(made)
        hand_in(made, found)
    return made


_ANSWER = Added(Answer)


def _said_lately(by: Member, story: Story, chapter: Chapter | None, text: str) -> Answer | None:
    """The same answer, if she has just sent it."""
    since = now_us() - SENT_TWICE
    for (key,) in _same_words(Viewer(by.pk), story=story.pk, text=text, since=since):
        same: Answer | None = Answer.objects.written_by(by).filter(pk=key, chapter=chapter).first()
        if same is not None:
            return same
    return None


@prepared
def _same_words(writer: Viewer, *, story: int, text: str, since: int) -> QuerySet[Any, tuple[int]]:
    hers = Answer.objects.written_by(Member(pk=writer.member_id)).filter(story_id=story, text=text)
    rows: QuerySet[Any, tuple[int]] = hers.filter(touched_at__gt=since).order_by("pk").values_list("pk")
    return rows


def tell_the_author(made: Answer) -> None:
    """Ring the story's author's bell, unless she answered herself, or has hidden it."""
    author = made.story.author
    if author is not None and author.pk != made.author_id and not made.hidden_at:
        tell(author, "stories.answer", made)


def change_answer(made: Answer, *, by: Member, text: str, notes: int, quotable: bool | None = None) -> Answer:
    """Change one's own answer. What others see is held until the new words were read; the caller settles it.

    Args:
        made: hers.
        by: its writer.
        text: Markdown, not empty.
        notes: bit mask of what is inside.
        quotable: whether other answers beside it may take a passage of it; None: as it was.

    Raises:
        PermissionError: somebody else's answer, one that a decision took out of sight, or she may not write at present.
        TooOften: she has changed things as often as may be for now.
    """
    if made.author_id != by.pk or by.is_suspended:
        raise PermissionError("Only its author changes an answer.")
    with transaction.atomic():
        once_at_a_time(by)
        now = Answer.objects.written_by(by).filter(pk=made.pk).values_list("state", flat=True).first()
        if now is None or now == State.WITHDRAWN:
            raise PermissionError("What was taken away is not changed.")
        keep_pace(CHANGES, by)
        # It may have been shown since her page was opened, and what her words suggest answered.
        made.refresh_from_db(fields=["state", "not_inside"])
        made.text, made.touched_at = text, now_us()
        made.quotable = made.quotable if quotable is None else quotable
        say_notes(made, notes)
        made.save(update_fields=["text", "quotable", "notes", "perhaps", "not_inside", "touched_at"])
        if made.state == State.LIVE or not is_hidden(made):  # what waits is read anew: it may speak of danger now
            hand_in(made)
        else:
            changed(made)
    return made


def take_answer_back(made: Answer, *, by: Member) -> None:
    """Delete one's own answer, or any answer under one's own story.

    Raises:
        PermissionError: neither the answer nor the story is hers.
    """
    if by.pk not in {made.author_id, made.story.author_id}:
        raise PermissionError("Only its author, or the story's, takes an answer away.")
    if made.author_id == by.pk:  # a change that she began holds its words too
        put_away(by, reverse("stories:change_answer", args=[made.ref]))
    made.delete()


def react(story: Story, *, by: Member, word: ReactionWord, said: bool) -> None:
    """Say a word to a story, or take it back. Doing so twice changes nothing.

    Args:
        story: somebody else's story that she may see.
        by: who says it.
        word: what she says.
        said: whether the word shall stand.

    Raises:
        MayNotAnswer: she may not see the story, it is hers, or she may not write at present.
        TooOften: she has said and taken back words as often as may be for now.
    """
    react_to(story.ref, Viewer.member(by), by=by, word=word, said=said)


def react_to(ref: str, viewer: Viewer, *, by: Member, word: ReactionWord, said: bool) -> None:
    """Say a word to the story of this name, or take it back, as `react` does; few and short statements, for many do so.

    Args:
        ref: of a story.
        viewer: she, as the one who looks.
        by: who says it.
        word: what she says.
        said: whether the word shall stand.

    Raises:
        NotThere: she may not see such a story.
        MayNotAnswer: it is hers, or she may not write at present.
        TooOften: she has said and taken back words as often as may be for now.
    """
    with transaction.atomic():
        found = _story_seen(viewer, ref=ref)
        if not found:
            raise NotThere(_MAY_NOT)
        ((story, author),) = found
        if by.is_suspended or author == by.pk:
            raise MayNotAnswer(_MAY_NOT)
        keep_pace(WORDS, by)
        if said:
            _WORD.now(story=story, member=by.pk, word=word.value, at=now_us())
        else:
            _word_said.now(story=story, member=by.pk, word=word.value)


@prepared
def _story_seen(viewer: Viewer, *, ref: str) -> QuerySet[Any, tuple[int, int | None]]:
    rows: QuerySet[Any, tuple[int, int | None]] = (
        Story.objects.filter(ref=ref).visible_to(viewer).values_list("pk", "author")
    )
    return rows


@taken_away
def _word_said(*, story: int, member: int, word: str) -> QuerySet[Reaction, Any]:
    return Reaction.objects.filter(story_id=story, member_id=member, word=word)


_WORD = Written(Reaction, "story", "member", "word", "at", once=True)
