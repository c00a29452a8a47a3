"""How a story goes on, as one reader meets it: the chapters that she may see, each with what answers it.

What she may not see is not in the list, and nothing counts or numbers what is.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from leeward.audience.models import Aside
from leeward.audience.viewers import Viewer
from leeward.journeys.when import when_in_words
from leeward.members.models import Member
from leeward.moderation.actions.cases import is_hidden
from leeward.stories.actions.answering import may_answer
from leeward.stories.answers import AnswersPage, Place, answers_page
from leeward.stories.audiences import shown_to
from leeward.stories.ends import last_day
from leeward.stories.forms import AnswerForm
from leeward.stories.models import Answer, Chapter, Story
from leeward.stories.pausing import hard_for

KIND = "stories.chapter"


@dataclass(frozen=True)
class Asked:
    """What the address and the form of a page ask of its chapters.

    Args:
        opened: the refs of chapters that she opened though they have something inside that she asked not to meet.
        part: the ref of the chapter whose answers are turned over; "" for those of the beginning.
        place: where among them she is.
        kept_too: whether also those that are kept from her are shown, closed behind their notes.
        forms: what was just sent, by the ref of the chapter that it answers.
    """

    opened: frozenset[str] = frozenset()
    part: str = ""
    place: Place = field(default_factory=Place)
    kept_too: bool = False
    forms: Mapping[str, AnswerForm] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One chapter.

    Args:
        chapter: it.
        when: when it was, in words; "" if its author did not say.
        closed: whether it stands closed behind its notes.
        opened: whether it would, had she not opened it.
        hidden: whether a decision took it out of sight; told to its author.
        last_day: until when it is shown; told to its author.
        shown_to: who sees it, in words; told to its author.
        answers: what answers it.
        hard: the keys of answers with words that its author, who looks, would rather not meet.
        may_answer: whether she may answer it.
        form: to answer it.
        unfolded: whether its answers stand open.
    """

    chapter: Chapter
    when: str
    closed: bool = False
    opened: bool = False
    hidden: bool = False
    last_day: datetime.date | None = None
    shown_to: str = ""
    answers: AnswersPage = field(default_factory=lambda: AnswersPage([]))
    hard: frozenset[int] = frozenset()
    may_answer: bool = False
    form: AnswerForm | None = None
    unfolded: bool = False


def parts_of(story: Story, viewer: Viewer, member: Member | None, asked: Asked) -> list[Part]:
    """The chapters of a story that this viewer may see and has not put aside, in the order in which they were begun.

    Args:
        story: a story that she may see and has open.
        viewer: who is looking.
        member: the same, if she is one.
        asked: what the page's address asks for.
    """
    seen = Chapter.objects.filter(story=story).visible_to(viewer)
    aside = Aside.objects.filter(member_id=viewer.member_id, kind=KIND, thing_id=OuterRef("pk"))
    if viewer.is_member:
        seen = seen.exclude(Exists(aside))
    answers = Answer.objects.filter(chapter=OuterRef("pk")).visible_to(viewer)
    parts = []
    for chapter in seen.annotate(is_answered=Exists(answers)).order_by("pk"):
        chapter.story = story  # at hand already
        parts.append(_part(chapter, viewer, member, asked))
    return [part for part in parts if part.answers.answers or not story.taken_back_at]


def _part(chapter: Chapter, viewer: Viewer, member: Member | None, asked: Asked) -> Part:
    mine = member is not None and chapter.author_id == member.pk
    unwished = bool(chapter.notes & viewer.shield) and not mine
    opened = chapter.ref in asked.opened or chapter.ref in asked.forms
    when = when_in_words(chapter.year, chapter.month, chapter.day)
    if unwished and not opened:
        return Part(chapter, when, closed=True)
    turned = chapter.ref == asked.part
    answers = AnswersPage([])
    if getattr(chapter, "is_answered", False):
        place = asked.place if turned else Place()
        kept_too = asked.kept_too and turned
        answers = answers_page(chapter.story, viewer, chapter=chapter, place=place, kept_too=kept_too)
    return Part(
        chapter,
        when,
        opened=unwished,
        hidden=mine and not chapter.is_live and is_hidden(chapter),
        last_day=last_day(chapter) if mine else None,
        shown_to=str(shown_to(chapter)[0].label) if mine else "",
        answers=answers,
        hard=frozenset(hard_for(member, answers.answers)) if member and mine else frozenset(),
        may_answer=may_answer(chapter, member),
        form=asked.forms.get(chapter.ref) or AnswerForm(auto_id=f"{chapter.ref}_%s"),
        unfolded=turned or chapter.ref in asked.forms or bool(chapter.story.taken_back_at),
    )
