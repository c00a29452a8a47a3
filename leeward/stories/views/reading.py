"""Read: the newest stories, one with its answers, and one's own."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leeward.audience.feed import newest
from leeward.audience.models import EVERYONE
from leeward.audience.requests import Request, member_of
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.kit.moments import FAR_FUTURE, moment_said
from leeward.members.doors import member_required
from leeward.members.models import Member
from leeward.members.unsent import has_begun, note_nothing_begun
from leeward.moderation.actions.cases import is_hidden
from leeward.stories.actions.answering import may_answer
from leeward.stories.answer_box import empty_fields
from leeward.stories.answers import AnswersPage, Place, answers_page, place_in
from leeward.stories.beside import Beside, beside
from leeward.stories.cards import Cards
from leeward.stories.facts import told_of
from leeward.stories.forms import AnswerForm
from leeward.stories.models import Answer, Chapter, ReactionWord, Story, StoryAudience
from leeward.stories.opened import Opened, open_story, story_named, words_said
from leeward.stories.own_terms import own_terms
from leeward.stories.parts import Asked, Part, parts_of
from leeward.stories.pausing import hard_for
from leeward.stories.pictures import PicturesShown, pictures_shown
from leeward.stories.reading_marks import keep_mark, was_read_by_people
from leeward.stories.together.questions import first_reading_of_draft


def find_story(request: Request, ref: str) -> Story:
    """The story of this name, if the person who looks may see it; else the same 404 as for none."""
    story = story_named(ref, request.viewer)
    if story is None:
        raise Http404
    return story


def find_opened(request: Request, ref: str) -> Opened:
    """The same with what is there for the person who opens it."""
    opened = open_story(ref, request.viewer)
    if opened is None:
        raise Http404
    return opened


def find_chapter(request: Request, ref: str) -> Chapter:
    """The chapter of this name with its story, if the person who looks may see both; else the same 404 as for none."""
    if not ref.isalnum():
        raise Http404
    seen = Chapter.objects.filter(ref=ref).visible_to(request.viewer)
    chapter: Chapter | None = seen.select_related("story__author").first()
    if chapter is None:
        raise Http404
    return chapter


def newest_stories(request: Request) -> HttpResponse:
    """The newest stories that the person may and wants to see."""
    before = moment_said(request.GET.get("before", "")) or FAR_FUTURE
    page = newest(Story, request.viewer, before=before, only=Q(taken_back_at=None))
    return render(request, "stories/newest.html", {"page": page, "facts": told_of(page.things)})


def read(request: Request, ref: str) -> HttpResponse:
    """One story with its answers."""
    opened = find_opened(request, ref)
    member = request.user if isinstance(request.user, Member) else None
    page = story_page(request, opened, member)
    if member is not None and request.method == "GET" and not page["noted"]:
        keep_mark(opened.story, member)
    response = render(request, "stories/read.html", page)
    if member is None and _may_be_indexed(opened.story):  # to a writer it would tell that his answer was hidden
        response["X-Robots-Tag"] = "all"
    return response


def story_page(
    request: Request,
    opened: Opened,
    member: Member | None,
    form: AnswerForm | None = None,
    to: Chapter | None = None,
) -> dict[str, object]:
    """What the page of a story shows. What `opened` says is not there is not asked for.

    Args:
        request: with the viewer.
        opened: a story that she may see, and what is there for her.
        member: who looks, if she is a member.
        form: of an answer that was just sent; None: nothing was.
        to: the chapter that it answers; None: the beginning.
    """
    story, viewer = opened.story, request.viewer
    mine = member is not None and story.author_id == member.pk
    tells = member is not None and member.pk in story.tellers
    noted = bool(story.notes & viewer.shield) and not tells and not _wants_open(request)
    page = {
        "story": story,
        "mine": mine,
        "tells": tells,
        "sent": form,
        "noted": noted,
        "opened": "open" in request.GET,
        "title": _title(story, noted=noted),
        "notes": tuple(str(note.label) for note in story.content_notes),
        "facts": tuple(map(str, told_of([story])[story.pk])) if opened.has_facts and not noted else (),
        "terms": own_terms(story, member),
        "follows": opened.follows,
        "words": words_said(story, member) if member and mine else opened.words,
        "said": tuple((word.value, str(word.label), word in opened.words) for word in ReactionWord),
        "may_answer": may_answer(story, member),
        "form": form if form and not to else AnswerForm() if opened.has_begun else None,
        "empty_fields": empty_fields,
    }
    of_its_author = _told_to_its_author(story, member if mine else None)
    return page | of_its_author | _what_follows(request, opened, member, _asked_of_chapters(request, form, to), noted)


def _wants_open(request: Request) -> bool:
    """Whether she opens it whatever is inside: who writes has opened it, and loses no word."""
    return "open" in request.GET or request.method == "POST"


def _told_to_its_author(story: Story, author: Member | None) -> dict[str, object]:
    return {
        "hidden": author is not None and not story.is_live and is_hidden(story),
        "read_first": first_reading_of_draft(story, author) if author else None,
        "read_by_people": author is not None and was_read_by_people(story),
    }


def _what_follows(
    request: Request, opened: Opened, member: Member | None, asked: Asked, noted: bool
) -> dict[str, object]:
    """The parts, photos and answers of a story; if it stands closed behind its notes, the parts that the address names.

    So that whoever was told of a new part reads it in one step, without what she asked not to meet before it.
    """
    story, viewer = opened.story, request.viewer
    if not opened.has_begun:
        note_nothing_begun(request)
    answers, parts, pictures, beside_it = AnswersPage([]), list[Part](), PicturesShown(), Beside()
    if not noted:
        place, kept_too = (Place(), False) if asked.part else (asked.place, asked.kept_too)
        answers = answers_page(story, viewer, place=place, kept_too=kept_too, some_wait=opened.waits)
        parts = parts_of(story, viewer, member, asked) if opened.goes_on else []
        pictures = pictures_shown(story, viewer, request.GET) if opened.has_pictures else pictures
        beside_it = beside(story, viewer, answers, parts)
    elif opened.goes_on and (named := {*request.GET.getlist("to"), asked.part, *asked.opened} - {""}):
        parts = [part for part in parts_of(story, viewer, member, asked) if part.chapter.ref in named]
        pictures = pictures_shown(story, viewer, request.GET) if parts and opened.has_pictures else pictures
        beside_it = beside(story, viewer, answers, parts)
    hers = member is not None and story.author_id == member.pk
    return {
        "answers": answers,
        "hard": hard_for(member, answers.answers) if member and hers else frozenset(),
        "parts": parts,
        "kept_open": _kept_open(request, parts),
        "pictures": pictures,
        "beside": beside_it,
        "cards": Cards(story, member, beside_it),
    }


def _kept_open(request: Request, parts: Iterable[Part]) -> str:
    """What the page's own address keeps of what she has opened."""
    opened = "open&" if "open" in request.GET else ""
    return opened + "".join(f"chapter={part.chapter.ref}&" for part in parts if part.opened)


def _title(story: Story, *, noted: bool) -> str:
    """How its page is headed: with no word of hers where it stands closed, or has none."""
    if noted:
        return _("A story")
    return story.title or (story.title_words() if story.taken_back_at else _("A story"))


def _asked_of_chapters(request: Request, form: AnswerForm | None, to: Chapter | None) -> Asked:
    return Asked(
        opened=frozenset(request.GET.getlist("chapter")),
        part=request.GET.get("part", ""),
        place=place_in(request.GET),
        kept_too="kept" in request.GET,
        forms={to.ref: form} if to and form else {},
    )


@member_required
def mine(request: Request) -> HttpResponse:
    """All stories, chapters and answers of the member, whatever their state."""
    member = member_of(request)
    stories = Story.objects.written_by(member).order_by("-touched_at")
    chapters = Chapter.objects.written_by(member).select_related("story").order_by("-touched_at")
    answers = Answer.objects.written_by(member).select_related("story", "chapter").order_by("-touched_at")
    page = {"stories": stories, "chapters": chapters, "answers": answers, "begun": has_begun(member), "State": State}
    return render(request, "stories/mine.html", page)


def _may_be_indexed(story: Story) -> bool:
    """Whether search engines may keep the page. Not once it has answers: who answered did not say "everyone"."""
    if not settings.PUBLIC_INDEXING or not story.is_live or story.taken_back_at:
        return False
    if Answer.objects.filter(story=story).visible_to(Viewer.stranger()).exists():
        return False
    return StoryAudience.objects.filter(thing=story, ring_id=EVERYONE).exists()
