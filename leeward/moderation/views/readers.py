"""Doors for everyone who reads: report, be spared, and read what was decided."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.actions import hide_such
from leeward.audience.notes import mask_of
from leeward.audience.requests import Request, member_of
from leeward.audience.shared import Shared
from leeward.audience.things import find
from leeward.members.doors import member_required
from leeward.members.limits import REPORT, REPORT_NOW, TooMany, try_door
from leeward.members.models import Member
from leeward.members.pace import TooOften
from leeward.members.unsent import keeps_unsent
from leeward.members.waiting import wait_words
from leeward.moderation.actions import ask_again, report
from leeward.moderation.forms import HideSuchForm, ReportForm
from leeward.moderation.models import Decision
from leeward.moderation.reasons import REASON, REASONS
from leeward.moderation.statements import decisions_about, reports_by


@keeps_unsent
def report_thing(request: Request, kind: str, ref: str) -> HttpResponse:
    """Point something out to the moderators, with or without an account."""
    thing = _not_mine(request, kind, ref)
    form = ReportForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        reason, words = form.cleaned_data["reason"], form.cleaned_data["words"]
        by = request.user if isinstance(request.user, Member) else None
        try:
            if by is None:
                try_door(REPORT_NOW if REASON[reason].urgent else REPORT, request)
            report(thing, by=by, reason=reason, words=words)
        except TooMany as too_many:
            form.add_error(None, wait_words(TooOften(too_many.minutes)))
            status = 429
        else:
            return redirect(f"{reverse('moderation:reported', args=[kind, ref])}?why={reason}")
    context = {"thing": thing, "kind": kind, "form": form, "reasons": REASONS}
    return render(request, "moderation/report.html", context, status=status)


def reported(request: Request, kind: str, ref: str) -> HttpResponse:
    """What happens with a report now; and help, if someone may be in danger."""
    thing = _not_mine(request, kind, ref)
    reason = REASON.get(request.GET.get("why", ""))
    signed = thing.signed and thing.author_id is not None
    context = {"thing": thing, "help": bool(reason and reason.help), "kind": kind, "signed": signed}
    return render(request, "moderation/reported.html", context)


@member_required
def hide_such_things(request: Request, kind: str, ref: str) -> HttpResponse:
    """This hurts me: choose what to be spared. Nobody learns of it."""
    thing = _not_mine(request, kind, ref)
    form = HideSuchForm(request.POST or None, thing=thing, initial={"notes": [n.key for n in thing.content_notes]})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        notes = mask_of(chosen.get("notes", []))
        hide_such(
            member_of(request), thing, notes=notes, this_one=chosen["this_one"], writer=chosen.get("writer", False)
        )
        messages.success(request, _("Kept. You can change it here at any time. Nobody learns of it."))
        return redirect("audience:shields")
    return render(request, "moderation/hide_such.html", {"thing": thing, "form": form, "kind": kind})


@member_required
def mine(request: Request) -> HttpResponse:
    """Decisions about what I wrote, and what became of what I reported."""
    member = member_of(request)
    context = {"decisions": decisions_about(member), "reports": reports_by(member)}
    return render(request, "moderation/mine.html", context)


@require_POST
@member_required
def read_again(request: Request, pk: int) -> HttpResponse:
    """Have a hidden text of mine, which I have changed, read again."""
    decision = get_object_or_404(Decision.objects.select_related("case"), pk=pk, case__author=member_of(request))
    try:
        ask_again(decision, by=member_of(request))
    except PermissionError:
        raise Http404 from None
    messages.success(request, _("A person will read it again."))
    return redirect("moderation:mine")


def _not_mine(request: Request, kind: str, ref: str) -> Shared:
    """The thing, if the person looking sees it and did not write it."""
    thing = find(kind, ref, request.viewer)
    if thing is None or (request.viewer.is_member and request.viewer.member_id in thing.tellers):
        raise Http404
    return thing
