"""The doors to what is kept from a member: her notes, what follows her journey, a hard day, what she put aside."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.actions import (
    bring_back,
    change_shield,
    end_hard_day,
    leave_as_preset,
    say_today_is_hard,
)
from leeward.audience.forms import ShieldForm
from leeward.audience.models import Aside
from leeward.audience.notes import NOTE, notes_in
from leeward.audience.panel import panel_of
from leeward.audience.requests import Request, member_of
from leeward.audience.shields import HARD_DAY, kept_of
from leeward.members.doors import member_required


@member_required
def shields(request: Request) -> HttpResponse:
    """What I am spared, by my own hand and because of what I told."""
    member = member_of(request)
    form = ShieldForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        change_shield(member, spare=form.to_spare(), show=form.to_show())
        leave_as_preset(member)  # all of it stood on the page
        messages.success(request, _("Kept."))
        return redirect("audience:shields")
    context = {
        "form": form,
        "kept": panel_of(member),
        "aside": Aside.objects.filter(member=member).exists(),
        "hard_notes": notes_in(HARD_DAY & ~kept_of(member).notes),
    }
    return render(request, "audience/shields.html", context)


@require_POST
@member_required
def change_kept(request: Request) -> HttpResponse:
    """By one tap: show me this again, keep it from me, all of it, or leave it so."""
    member, said = member_of(request), request.POST
    kept = kept_of(member)
    if "show" in said or "spare" in said:
        note = NOTE.get(said.get("show") or said.get("spare", ""))
        if note is None:
            raise Http404
        change_shield(member, **{"show" if "show" in said else "spare": note.bit})
    elif "show_all" in said:
        change_shield(member, show=kept.preset)
    elif "spare_all" in said:
        change_shield(member, spare=kept.gone)
    elif "leave" not in said:
        raise Http404
    if not ("show" in said or "spare" in said):
        leave_as_preset(member)
    messages.success(request, _("Kept."))
    return _back(request)


@require_POST
@member_required
def hard_day(request: Request) -> HttpResponse:
    """Today is hard: more is kept from me until tomorrow. Or not any more."""
    if "end" in request.POST:
        end_hard_day(member_of(request))
    else:
        say_today_is_hard(member_of(request))
    return _back(request)


@require_POST
@member_required
def bring_all_back(request: Request) -> HttpResponse:
    """See again what I put aside."""
    bring_back(member_of(request))
    messages.success(request, _("What you put aside is back."))
    return redirect("audience:shields")


def _back(request: Request) -> HttpResponse:
    """Back to the page on which she said it."""
    back = request.POST.get("back", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else reverse("audience:shields"))
