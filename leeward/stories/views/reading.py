"""Read: the newest stories, one with its answers, and one's own."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render

from leeward.audience.feed import newest
from leeward.audience.models import EVERYONE
from leeward.audience.requests import Request, member_of
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.kit.moments import FAR_FUTURE, moment_said
from leeward.members.doors import member_required
from leeward.members.models import Member
from leeward.members.unsent import has_begun
from leeward.moderation.actions.cases import is_hidden
from leeward.stories.actions.answering import may_answer
from leeward.stories.actions.following import is_followed
from leeward.stories.answers import Place, answers_page, place_in, words_said
from leeward.stories.beside import Beside, beside
from leeward.stories.facts import told_of
from leeward.stories.forms import AnswerForm
from leeward.stories.models import Answer, Chapter, ReactionWord, Story, StoryAudience
from leeward.stories.own_terms import own_terms
from leeward.stories.parts import Asked, parts_of
from leeward.stories.pausing import hard_for
from leeward.stories.pictures import PicturesShown, pictures_shown
from leeward.stories.reading_marks import keep_mark, was_read_by_people
from leeward.stories.together.questions import first_reading_of_draft


def find_story(request: Request, ref: str) -> Story:
    """The story of this name, if the person who looks may see it; else the same 404 as for none."""
    if not ref.isalnum():  # PostgreSQL refuses to look for some signs
        raise Http404
    story: Story | None = Story.objects.filter(ref=ref).visible_to(request.viewer).select_related("author").first()
    if story is None:
        raise Http404
    return story


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
    story = find_story(request, ref)
    member = request.user if isinstance(request.user, Member) else None
    page = story_page(request, story, member, AnswerForm())
    if member is not None and request.method == "GET" and not page["noted"]:
        keep_mark(story, member)
    response = render(request, "stories/read.html", page)
    if _may_be_indexed(story):
        response["X-Robots-Tag"] = "all"
    return response


def story_page(
    request: Request, story: Story, member: Member | None, form: AnswerForm, to: Chapter | None = None
) -> dict[str, object]:
    """What the page of a story shows.

    Args:
        request: with the viewer.
        story: a story that she may see.
        member: who looks, if she is a member.
        form: of an answer, empty or just sent.
        to: the chapter that it answers; None: the beginning.
    """
    mine = member is not None and story.author_id == member.pk
    asked = _asked_of_chapters(request, form, to)
    place, kept_too = (Place(), False) if asked.part else (asked.place, asked.kept_too)
    answers = answers_page(story, request.viewer, place=place, kept_too=kept_too)
    opened = "open" in request.GET or request.method == "POST"  # who writes has opened it, and loses no word
    noted = bool(story.notes & request.viewer.shield) and not mine and not opened
    parts = [] if noted else parts_of(story, request.viewer, member, asked)
    beside_it = Beside() if noted else beside(story, request.viewer, answers, parts)
    return {
        "story": story,
        "parts": parts,
        "beside": beside_it,
        "pictures": PicturesShown() if noted else pictures_shown(story, request.viewer, request.GET),
        "opened_parts": [part.chapter.ref for part in parts if part.opened],
        "sent": form,
        "follows": member is not None and not mine and is_followed(story, member),
        "mine": mine,
        "hidden": mine and not story.is_live and is_hidden(story),
        "facts": told_of([story])[story.pk],
        "answers": answers,
        "hard": hard_for(member, answers.answers) if member and mine else set(),
        "may_answer": may_answer(story, member),
        "terms": own_terms(story, member),
        "form": AnswerForm() if to else form,
        "words": words_said(story, member) if member else [],
        "all_words": ReactionWord,
        "read_first": first_reading_of_draft(story, member) if member else None,
        "read_by_people": mine and was_read_by_people(story),
        "noted": noted,
        "opened": "open" in request.GET,
    }


def _asked_of_chapters(request: Request, form: AnswerForm, to: Chapter | None) -> Asked:
    return Asked(
        opened=frozenset(request.GET.getlist("chapter")),
        part=request.GET.get("part", ""),
        place=place_in(request.GET),
        kept_too="kept" in request.GET,
        forms={to.ref: form} if to else {},
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
