"""Answer, change and take back an answer, say a word."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.requests import Request, member_of
from leeward.members.doors import member_required
from leeward.stories.actions.answering import MayNotAnswer, answer, change_answer, react, take_answer_back
from leeward.stories.forms import AnswerForm
from leeward.stories.models import Answer, ReactionWord
from leeward.stories.views.reading import find_story, story_page


@member_required
@require_POST
def answer_story(request: Request, ref: str) -> HttpResponse:
    """Answer a story."""
    story, member = find_story(request, ref), member_of(request)
    form = AnswerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = answer(story, by=member, text=given["text"], signed=not given["unsigned"], notes=given["notes"])
        except MayNotAnswer as refusal:
            form.add_error(None, str(refusal))
        else:
            if made.is_held:
                messages.success(request, _("A person will read it first, because you are new here."))
            return redirect(made.get_absolute_url())
    return render(request, "stories/read.html", story_page(request, story, member, form), status=422)


@member_required
@require_POST
def say_word(request: Request, ref: str) -> HttpResponse:
    """Say one of the words to a story, or take it back."""
    story = find_story(request, ref)
    said = "say" in request.POST
    word = request.POST.get("say" if said else "unsay", "")
    if word not in ReactionWord.values:
        raise Http404
    try:
        react(story, by=member_of(request), word=ReactionWord(word), said=said)
    except MayNotAnswer as refusal:
        raise PermissionDenied from refusal
    return redirect(f"{story.get_absolute_url()}#words")


@member_required
def change(request: Request, ref: str) -> HttpResponse:
    """Change one's own answer."""
    made = _find_answer(request, ref)
    if made.author_id != member_of(request).pk:
        raise Http404
    begun = {"text": made.text, "notes": [note.key for note in made.content_notes]}
    form = AnswerForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_answer(made, by=member_of(request), text=given["text"], notes=given["notes"])
        except PermissionError as refusal:
            raise PermissionDenied from refusal
        return redirect(made.get_absolute_url())
    return render(request, "stories/change_answer.html", {"form": form, "answer": made})


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
    return render(request, "stories/take_answer_back.html", {"answer": made, "mine": made.author_id == member.pk})


def _find_answer(request: Request, ref: str) -> Answer:
    """An answer that she may see, or one of her own, wherever its story has gone."""
    found: Answer | None = Answer.objects.filter(ref=ref).visible_to(request.viewer).select_related("story").first()
    found = found or Answer.objects.written_by(member_of(request)).filter(ref=ref).select_related("story").first()
    if found is None:
        raise Http404
    return found
