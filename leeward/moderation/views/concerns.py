"""Doors to concerns: raise one from a case, read and write as the second, close."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.requests import Request, member_of
from leeward.members.doors import moderator_required
from leeward.members.unsent import keeps_unsent
from leeward.moderation.actions.concerns import (
    NotYetTwoError,
    accounts_said,
    become_second,
    close_concern,
    concerns_of,
    concerns_without_second,
    leave_it,
    raise_concern,
    write_second,
)
from leeward.moderation.actions.opening import NotForYouError, has_opened, may_open
from leeward.moderation.forms import ConcernForm, SecondWordsForm
from leeward.moderation.models import Concern, ConcernState
from leeward.moderation.showing import accounts_in_words
from leeward.moderation.views.cases import case_for


@moderator_required
def concerns(request: Request) -> HttpResponse:
    """Concerns that I raised or read as the second; and that others wait for a second person."""
    moderator = member_of(request)
    context = {"mine": concerns_of(moderator), "wanted": concerns_without_second(moderator), "states": ConcernState}
    return render(request, "moderation/concerns.html", context)


@moderator_required
@keeps_unsent
def raise_one(request: Request, ref: str) -> HttpResponse:
    """Raise a concern from a case that I have opened."""
    found, moderator = case_for(request, ref), member_of(request)
    if not has_opened(found, moderator):
        return redirect("moderation:case", found.ref)
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accounts, unknown = accounts_said(found, form.cleaned_data["about"], moderator=moderator)
        if unknown:
            said = _("Nobody of this name, and no such sign on this case: %(names)s") % {"names": ", ".join(unknown)}
            form.add_error("about", said)
        elif moderator.pk in {account.member_id for account in accounts}:
            form.add_error("about", _("Your own account is among them."))
        else:
            made = raise_concern(found, by=moderator, words=form.cleaned_data["words"], about=accounts)
            messages.success(request, _("Kept. One other person is asked to read it; nobody else learns of it."))
            return redirect("moderation:concern", made.ref)
    return render(request, "moderation/concern_new.html", {"case": found, "form": form})


@moderator_required
@keeps_unsent
def concern(request: Request, ref: str) -> HttpResponse:
    """One concern, for the two who see it; writing as the second."""
    found, moderator = _concern(request, ref), member_of(request)
    form = SecondWordsForm(request.POST or None, initial={"words": found.second_words})
    if request.method == "POST" and form.is_valid():
        try:
            write_second(found, by=moderator, words=form.cleaned_data["words"])
        except NotForYouError:
            raise Http404 from None
        messages.success(request, _("Kept. The two of you can close it now."))
        return redirect("moderation:concern", found.ref)
    is_open = found.state == ConcernState.OPEN
    context = {
        "concern": found,
        "accounts": accounts_in_words(found),
        "form": form,
        "is_open": is_open,
        "is_second": found.second_id == moderator.pk,
        "may_write": is_open and found.second_id == moderator.pk,
        "two": bool(found.second_words),
        "let_be": found.state == ConcernState.LET_BE,
        "case": found.case if found.case is not None and may_open(found.case, moderator) else None,
    }
    return render(request, "moderation/concern.html", context)


@require_POST
@moderator_required
def be_second(request: Request, ref: str) -> HttpResponse:
    """Be the second person: from now on I and nobody else read it."""
    found = get_object_or_404(concerns_without_second(member_of(request)), ref=ref)
    if become_second(found, by=member_of(request)):
        return redirect("moderation:concern", found.ref)
    messages.info(request, _("Somebody else has just begun to read it."))
    return redirect("moderation:concerns")


@require_POST
@moderator_required
def leave_one(request: Request, ref: str) -> HttpResponse:
    """Leave being the second to another."""
    if not leave_it(_concern(request, ref), by=member_of(request)):
        raise Http404
    messages.success(request, _("It is left to another person. Nobody asks why."))
    return redirect("moderation:concerns")


@require_POST
@moderator_required
def close_one(request: Request, ref: str) -> HttpResponse:
    """Close it: let be, or something was done on a case."""
    try:
        close_concern(_concern(request, ref), by=member_of(request), acted=request.POST.get("how") == "acted")
    except NotYetTwoError:
        messages.warning(request, _("Two people write before it is closed."))
        return redirect("moderation:concern", ref)
    except NotForYouError:  # the other has closed it a moment ago
        messages.info(request, _("It was closed already."))
        return redirect("moderation:concern", ref)
    messages.success(request, _("Closed. Nobody is told."))
    return redirect("moderation:concerns")


def _concern(request: Request, ref: str) -> Concern:
    """A concern that she raised or reads as the second; to others there is none."""
    return get_object_or_404(concerns_of(member_of(request)), ref=ref)
