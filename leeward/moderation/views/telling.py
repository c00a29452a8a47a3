"""Doors for telling somebody of a threat: two moderators decide, then she reads it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.requests import Request, member_of
from leeward.kit.moments import moment_said
from leeward.members.doors import member_required, moderator_required
from leeward.members.unsent import keeps_unsent
from leeward.moderation.actions.deciding import AlreadyDecidedError, ChangedMeanwhileError
from leeward.moderation.actions.opening import NotForYouError, has_opened, may_open
from leeward.moderation.actions.telling import answer_proposal, propose_telling
from leeward.moderation.forms.telling import TellingForm
from leeward.moderation.models import Case, Telling
from leeward.moderation.telling_words import telling_on, telling_to


@member_required
def told(request: Request, pk: int) -> HttpResponse:
    """What I was told."""
    said = telling_to(member_of(request), pk)
    if said is None:
        raise Http404
    return render(request, "moderation/telling.html", {"said": said})


@require_POST
@moderator_required
@keeps_unsent
def propose(request: Request, ref: str) -> HttpResponse:
    """Propose that somebody is told."""
    found = _opened(request, ref)
    form = TellingForm(request.POST)
    if not form.is_valid():
        context = {"case": found, "telling": telling_on(found, member_of(request), form)}
        return render(request, "moderation/telling_again.html", context, status=422)
    try:
        propose_telling(found, by=member_of(request), words=form.cleaned_data["words"])
    except NotForYouError:
        raise Http404 from None
    except AlreadyDecidedError:
        messages.warning(request, _("Two have agreed already, and she has been told."))
    else:
        messages.success(request, _("Kept. A second moderator reads it now; until then nobody is told."))
    return redirect("moderation:case", ref)


@require_POST
@moderator_required
def answer(request: Request, ref: str) -> HttpResponse:
    """Agree that somebody is told, or not."""
    found = _opened(request, ref)
    telling = get_object_or_404(Telling.objects.select_related("case", "told"), case=found)
    agreed, seen = request.POST.get("answer") == "agree", request.POST.get("seen", "")
    try:
        answer_proposal(telling, by=member_of(request), agreed=agreed, seen=moment_said(seen) or 0)
    except NotForYouError:
        raise Http404 from None
    except AlreadyDecidedError:
        messages.warning(request, _("Somebody else has just answered. Your answer was not needed."))
    except ChangedMeanwhileError:
        messages.warning(request, _("The words were changed while you read them. Please look again."))
    else:
        messages.success(request, _("She is told now.") if agreed else _("Kept. Nobody is told."))
    return redirect("moderation:case", ref)


def _opened(request: Request, ref: str) -> Case:
    found = get_object_or_404(Case, ref=ref)
    if not (may_open(found, member_of(request)) and has_opened(found, member_of(request))):
        raise Http404
    return found
