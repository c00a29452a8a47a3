"""On her own terms: keep a story shown longer, close the answers to it, hide one of them and bring it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.requests import Request, member_of
from leeward.kit.moments import moment_said
from leeward.members.doors import member_required
from leeward.stories.actions.ending import IsOver, stay_longer
from leeward.stories.actions.own_terms import close_answers, hide_answer
from leeward.stories.hidden import hidden_answers
from leeward.stories.models import Answer
from leeward.stories.pausing import hard_for
from leeward.stories.views.telling import own_story


@member_required
@require_POST
def longer(request: Request, ref: str) -> HttpResponse:
    """Keep a story shown for another month."""
    story = own_story(request, ref)
    try:
        stay_longer(story, by=member_of(request), until=moment_said(request.POST.get("until", "")) or 0)
    except PermissionError as refusal:
        raise PermissionDenied from refusal
    except IsOver:
        messages.info(request, _("The day is over, and only you see it now. Here you can show it again."))
        return redirect("stories:share", story.ref)
    messages.success(request, _("Kept."))
    return redirect("stories:read", story.ref)


@member_required
@require_POST
def close(request: Request, ref: str) -> HttpResponse:
    """Close the answers to one's own story, or open them again."""
    story, closed = own_story(request, ref), "close" in request.POST
    close_answers(story, by=member_of(request), closed=closed)
    if closed:
        messages.success(request, _("Kept. Nobody else answers now; what is there stays."))
    else:
        messages.success(request, _("Kept. Whoever might answer before can answer again."))
    return redirect("stories:read", story.ref)


@member_required
def hide(request: Request, ref: str) -> HttpResponse:
    """Hide one answer under one's own story, after one question."""
    made = _under_her_story(request, ref)
    if request.method == "POST":
        hide_answer(made, by=member_of(request), hidden=True)
        messages.success(request, _("It is hidden. Nobody is told."))
        return redirect("stories:hidden", made.story.ref)
    hard = made.pk in hard_for(member_of(request), [made])
    noted = bool(made.notes & request.viewer.shield)
    return render(request, "stories/hide_answer.html", {"answer": made, "folded": hard, "noted": noted})


@member_required
@require_POST
def bring_back(request: Request, ref: str) -> HttpResponse:
    """Show a hidden answer again, to whoever can see the story."""
    made = _under_her_story(request, ref)
    hide_answer(made, by=member_of(request), hidden=False)
    messages.success(request, _("It is back in its place."))
    return redirect(made.get_absolute_url())


@member_required
def hidden(request: Request, ref: str) -> HttpResponse:
    """What she has hidden under a story of hers."""
    story = own_story(request, ref)
    answers = hidden_answers(story, member_of(request))
    return render(request, "stories/hidden_answers.html", {"story": story, "answers": answers})


def _under_her_story(request: Request, ref: str) -> Answer:
    """An answer of somebody else under her own story, that she may see; else a 404."""
    rows = Answer.objects.filter(ref=ref, story__author=member_of(request)).visible_to(request.viewer)
    found: Answer | None = rows.exclude(author_id=member_of(request).pk).select_related("story", "author").first()
    if found is None:
        raise Http404
    return found
