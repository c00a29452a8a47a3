"""Answer, change and take back an answer, say a word."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.requests import Request, member_of
from leeward.audience.rule import is_visible_to
from leeward.members.doors import member_required
from leeward.members.pace import Pace, TooOften
from leeward.members.unsent import keeps_unsent
from leeward.members.waiting import wait_words
from leeward.moderation.actions import settle
from leeward.moderation.becoming import say_what_became, stands_below
from leeward.moderation.pausing import Pause, pause_page
from leeward.stories.actions.answering import (
    MayNotAnswer,
    NotThere,
    change_answer,
    may_answer,
    react_to,
    take_answer_back,
    write_answer,
)
from leeward.stories.forms import AnswerForm
from leeward.stories.models import Answer, Chapter, ReactionWord, Story, story_and_chapter
from leeward.stories.paces import ANSWERS
from leeward.stories.pausing import pause_before
from leeward.stories.views.reading import find_chapter, find_opened, find_story, story_page


@member_required
@require_POST
@keeps_unsent
def answer_story(request: Request, ref: str) -> HttpResponse:
    """Answer a story; look at the words again first, if some of them may hurt."""
    return _answer(request, find_story(request, ref))


@member_required
@require_POST
@keeps_unsent
def answer_chapter(request: Request, ref: str) -> HttpResponse:
    """Answer a chapter, in the same way."""
    return _answer(request, find_chapter(request, ref))


def _answer(request: Request, part: Story | Chapter) -> HttpResponse:
    form = AnswerForm(request.POST, auto_id=f"{part.ref}_%s" if isinstance(part, Chapter) else "id_%s")
    if not form.is_valid():
        return _again(request, part, form)
    write, again = partial(write_answer, part), partial(_again, request, part, form)
    return send_answer(request, part, form, write=write, again=again, sent_as=ANSWERS)


def send_answer(
    request: Request,
    part: Story | Chapter,
    form: AnswerForm,
    *,
    write: Callable[..., Answer],
    again: Callable[..., HttpResponse],
    sent_as: Pace | None = None,
) -> HttpResponse:
    """Send what a form holds, unless its words are looked at again first.

    Args:
        request: hers who answers.
        part: what is answered: one that she may see.
        form: valid.
        write: keeps the answer, given what `write_answer` takes beside the part.
        again: the page with the form once more, given its `status`.
        sent_as: as what `write` counts whatever it is given; None if it may count nothing.
    """
    given = form.cleaned_data
    try:
        pause = _pause(request, part, form, sent_as=sent_as)
        if pause is not None:
            return pause_page(request, form, pause, away=part.get_absolute_url())
        made = write(
            by=member_of(request),
            text=given["text"],
            signed=not given["unsigned"],
            notes=given["notes"],
            quotable=not given["unquotable"],
        )
    except MayNotAnswer as refusal:
        form.add_error(None, str(refusal))
        return again(status=422)
    except TooOften as too_often:
        form.add_error(None, wait_words(too_often))
        return again(status=429)
    outcome = settle(made, as_written=True)
    say_what_became(request, outcome, made, shown="")
    return redirect(made.get_absolute_url() if stands_below(outcome) else made.story.get_absolute_url())


@member_required
@require_POST
def say_word(request: Request, ref: str) -> HttpResponse:
    """Say one of the words to a story, or take it back."""
    said = "say" in request.POST
    word = request.POST.get("say" if said else "unsay", "")
    if word not in ReactionWord or not ref.isalnum():
        raise Http404
    try:
        react_to(ref, request.viewer, by=member_of(request), word=ReactionWord(word), said=said)
    except NotThere as not_there:
        raise Http404 from not_there
    except MayNotAnswer as refusal:
        raise PermissionDenied from refusal
    except TooOften as too_often:
        messages.warning(request, wait_words(too_often))
        return _again(request, find_story(request, ref), AnswerForm(), status=429)
    return redirect(f"{reverse('stories:read', args=[ref])}#words")


@member_required
@keeps_unsent
def change(request: Request, ref: str) -> HttpResponse:
    """Change one's own answer."""
    made, member = _find_answer(request, ref), member_of(request)
    if made.author_id != member.pk:
        raise Http404
    begun = {"text": made.text, "notes": [note.key for note in made.said_notes], "unquotable": not made.quotable}
    form = AnswerForm(request.POST or None, initial=begun)
    if request.method != "POST" or not form.is_valid():
        return render(request, "stories/change_answer.html", {"form": form, "answer": made})
    given = form.cleaned_data
    try:
        part = made.chapter or made.story
        pause = _pause(request, part, form, before=made.text) if is_visible_to(part, request.viewer) else None
        if pause is not None:
            return pause_page(request, form, pause, away=made.get_absolute_url(), changing=True)
        quotable = not given["unquotable"]
        change_answer(made, by=member, text=given["text"], notes=given["notes"], quotable=quotable)
    except PermissionError as refusal:
        raise PermissionDenied from refusal
    except TooOften as too_often:
        form.add_error(None, wait_words(too_often))
        return render(request, "stories/change_answer.html", {"form": form, "answer": made}, status=429)
    outcome = settle(made)
    say_what_became(request, outcome, made, shown=_("Kept."))
    return redirect(made.get_absolute_url() if stands_below(outcome) else made.story.get_absolute_url())


@member_required
def take_back_answer(request: Request, ref: str) -> HttpResponse:
    """Take back one's own answer, or take one away from one's own story."""
    made, member = _find_answer(request, ref), member_of(request)
    if member.pk not in {made.author_id, made.story.author_id}:
        raise Http404
    if request.method == "POST":
        take_answer_back(made, by=member)
        messages.success(request, _("It is gone."))
        return redirect("stories:mine")
    mine = made.author_id == member.pk
    noted = bool(made.notes & request.viewer.shield) and not mine
    return render(request, "stories/take_answer_back.html", {"answer": made, "mine": mine, "noted": noted})


def _again(request: Request, part: Story | Chapter, form: AnswerForm, status: int = 422) -> HttpResponse:
    """The story's page with what she wrote, and what it needs; to be copied where there is no box any more."""
    story, to = story_and_chapter(part)
    page = story_page(request, find_opened(request, story.ref), member_of(request), form, to)
    if not may_answer(part, member_of(request)):
        page["given_back"] = form.data.get("text", "")
    return render(request, "stories/read.html", page, status=status)


def _pause(
    request: Request, part: Story | Chapter, form: AnswerForm, before: str = "", sent_as: Pace | None = None
) -> Pause | None:
    """The pause before this answer to what she may see, unless she said that it goes as it is, or it cannot go at all.

    Who may not answer is not asked to look again: she could only try out what the author would rather not meet.
    """
    member, story = member_of(request), part.story if isinstance(part, Chapter) else part
    if "as_it_is" in request.POST or not may_answer(part, member):
        return None
    given = form.cleaned_data
    return pause_before(story, member, given["text"], shown=given["paused"], before=before, sent_as=sent_as)


def _find_answer(request: Request, ref: str) -> Answer:
    """An answer that she may see, or one of her own, wherever its story has gone."""
    seen, hers = Answer.objects.visible_to(request.viewer), Answer.objects.written_by(member_of(request))
    asked = (rows.filter(ref=ref).select_related("story", "chapter") for rows in (seen, hers))
    found: Answer | None = next((made for rows in asked for made in rows[:1]), None)
    if found is None:
        raise Http404
    return found
