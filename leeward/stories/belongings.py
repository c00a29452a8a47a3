"""What this room keeps of a member, how it is given to her, and how it goes."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from leeward.audience.known import Known
from leeward.audience.shared import State
from leeward.audience.unguarded import everything
from leeward.audience.viewers import Viewer
from leeward.journeys.shown import pairs_in_words
from leeward.journeys.when import when_in_words
from leeward.kit.moments import FAR_FUTURE, now_us, written_out
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member
from leeward.stories.actions.chapters import take_chapter_back
from leeward.stories.actions.sharing import take_back
from leeward.stories.asking import asked_by
from leeward.stories.audiences import shown_to
from leeward.stories.facts import shown_facts
from leeward.stories.hidden import hidden_answers
from leeward.stories.models import Answer, Chapter, ChapterAudience, Follow, Reaction, Story, StoryAudience
from leeward.stories.quoting.shown import quotes_above
from leeward.stories.reading_marks import was_read_by_people


def register_belongings() -> None:
    """Register stories, answers and reactions with members. Called at start-up."""
    register(Belonging("stories", _("Stories"), (Story,), _export_stories, _erase_stories))
    register(Belonging("chapters", _("How my stories go on"), (Chapter,), _export_chapters, _erase_chapters))
    register(Belonging("answers", _("Answers"), (Answer,), _export_answers, _erase_answers))
    register(Belonging("reactions", _("Words said to stories"), (Reaction,), _export_reactions, _erase_reactions))
    register(Belonging("follows", _("Stories that I follow"), (Follow,), _export_follows, _erase_follows))


def _export_stories(member: Member) -> Iterator[Row]:
    stories = list(Story.objects.written_by(member).select_related("with_teller").order_by("pk"))
    facts, known = shown_facts(stories), Known(member)
    for story in stories:
        yield {
            "title": story.title,
            "text": story.text,
            "state": str(State(story.state).label),
            "published": written_out(story.at),
            "shown_to": str(shown_to(story)[0].label),
            "signed": story.signed,
            "told_together_with": known.name_of(story.also) if story.also else "",
            "may_be_quoted": story.quotable,
            "asking": [str(one.label) for one in asked_by(story)],
            "until": written_out(story.until if story.until < FAR_FUTURE else None),
            "answers_closed": written_out(story.answers_closed_at),
            "answers_i_hid": [written_out(made.hidden_at) for made in hidden_answers(story, member)],
            **story.notes_in_words,
            "shown_facts": pairs_in_words(facts[story.pk]),
            "people_have_read_this": was_read_by_people(story),
        }


def _export_chapters(member: Member) -> Iterator[Row]:
    for chapter in Chapter.objects.written_by(member).select_related("story").order_by("story", "pk"):
        yield {
            "of": chapter.story.title_words(),
            "title": chapter.title,
            "text": chapter.text,
            "when_it_was": when_in_words(chapter.year, chapter.month, chapter.day),
            "state": str(State(chapter.state).label),
            "published": written_out(chapter.at),
            "shown_to": str(shown_to(chapter)[0].label),
            "signed": chapter.signed,
            "may_be_quoted": chapter.quotable,
            "until": written_out(chapter.until if chapter.until < FAR_FUTURE else None),
            **chapter.notes_in_words,
        }


def _export_answers(member: Member) -> Iterator[Row]:
    answers = list(Answer.objects.written_by(member).order_by("pk"))
    quotes = quotes_above(answers, Viewer.member(member))  # others' words, while she may see them there
    for made in answers:
        yield {
            "text": made.text,
            "quotes": quotes[made.pk].passage if made.pk in quotes else "",
            "may_be_quoted": made.quotable,
            "state": str(State(made.state).label),
            "published": written_out(made.at),
            "signed": made.signed,
            **made.notes_in_words,
        }


def _export_reactions(member: Member) -> Iterator[Row]:
    for said in Reaction.objects.filter(member=member).order_by("pk"):
        yield {"word": said.get_word_display(), "said": written_out(said.at), "with_my_name": said.signed}


def _export_follows(member: Member) -> Iterator[Row]:
    """By its title where she may still read it: what was closed to her since is not told."""
    followed = Follow.objects.filter(member=member).order_by("pk")
    seen = Story.objects.filter(pk__in=followed.values("story_id")).visible_to(Viewer.member(member)).in_bulk()
    for follow in followed:
        story = seen.get(follow.story_id)
        title = story.title_words() if story else str(_("a story that you cannot see at present"))
        yield {"story": title, "since": written_out(follow.at)}


def _erase_stories(member: Member, farewell: Farewell) -> None:
    hers = Story.objects.written_by(member)
    if farewell is Farewell.LEAVE_WORDS:
        # Rings of her own go with her: what only they saw would stay where nobody could read it or take it away.
        shown = StoryAudience.objects.filter(thing=OuterRef("pk"), ring__owner=None)
        hers.filter(Exists(shown), state=State.LIVE, until__gt=now_us()).update(author=None)
    for story in list(Story.objects.written_by(member)):
        take_back(story, by=member, keep_answers=False)


def _erase_chapters(member: Member, farewell: Farewell) -> None:
    """Before the stories. What stays, stays in a story that stays."""
    if farewell is Farewell.LEAVE_WORDS:
        shown = ChapterAudience.objects.filter(thing=OuterRef("pk"), ring__owner=None)
        told = StoryAudience.objects.filter(thing=OuterRef("story"), ring__owner=None)
        live = Chapter.objects.written_by(member).filter(state=State.LIVE, until__gt=now_us())
        hers = live.filter(Exists(shown), Exists(told))
        hers.filter(story__state=State.LIVE).update(author=None)
    for chapter in list(Chapter.objects.written_by(member)):
        take_chapter_back(chapter, by=member)


def _erase_answers(member: Member, farewell: Farewell) -> None:
    if farewell is Farewell.LEAVE_WORDS:
        Answer.objects.written_by(member).filter(state=State.LIVE).update(author=None)
    everything(Answer, reason="a member leaves and takes her answers").filter(author=member).delete()


def _erase_reactions(member: Member, farewell: Farewell) -> None:
    Reaction.objects.filter(member=member).delete()


def _erase_follows(member: Member, farewell: Farewell) -> None:
    Follow.objects.filter(member=member).delete()
