"""Doors to the texts under one story that stand in one line: look, open, settle with one decision, hand on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leeward.audience.requests import Request, member_of
from leeward.members.doors import moderator_required
from leeward.members.models import Member
from leeward.members.unsent import keeps_unsent_in
from leeward.moderation.actions.keeping import hand_on, rest_after
from leeward.moderation.actions.together import decide_together, open_together, opened_by
from leeward.moderation.desks import pause_of
from leeward.moderation.forms import GroupForm
from leeward.moderation.groups import ON_A_PAGE, group_of, texts_of, ticked
from leeward.moderation.models import Case
from leeward.moderation.plain_reasons import counted
from leeward.moderation.showing import prefilled_clause, shown_around, under_in_words
from leeward.moderation.sparing import Offered
from leeward.moderation.views.cases import case_for, may_open_now


@moderator_required
def group(request: Request, ref: str) -> HttpResponse:
    """The texts under one story: closed, until they are opened with a line in the log for each."""
    head, some = _group(request, ref)
    if not opened_by(member_of(request), [one.case for one in some]):
        return render(request, "moderation/group_closed.html", _closed(head, some, member_of(request)))
    return _page(request, head, some)


@require_POST
@moderator_required
def open_group(request: Request, ref: str) -> HttpResponse:
    """Open those that are not open yet."""
    head, some = _group(request, ref)
    if not may_open_now(request, some[0].case):
        return redirect("moderation:queue")
    open_together([one.case for one in some[:ON_A_PAGE]], moderator=member_of(request))
    return redirect("moderation:group", head.ref)


@require_POST
@moderator_required
@keeps_unsent_in("reason")
def decide_group(request: Request, ref: str) -> HttpResponse:
    """Settle those that are ticked with one decision."""
    head, some = _group(request, ref)
    moderator = member_of(request)
    if not opened_by(moderator, [one.case for one in some]):  # decided at another desk meanwhile
        return redirect("moderation:group", head.ref)
    cases, seen = ticked(request.POST.getlist("case"), some)
    form = GroupForm(request.POST)
    if not form.is_valid() or not cases:
        if not cases:
            form.add_error(None, _("Tick the texts that you mean."))
        return _page(request, head, some, form)
    decided = decide_together(cases, moderator=moderator, ruling=form.ruling(), seen=seen)
    if decided:
        rest_after(cases, moderator=moderator)
    _say(request, decided, len(cases) - decided)
    return redirect("moderation:group", head.ref) if decided < len(some) else redirect("moderation:queue")


@require_POST
@moderator_required
def hand_group_on(request: Request, ref: str) -> HttpResponse:
    """Leave all of them to others for good."""
    _head, some = _group(request, ref)
    hand_on([one.case for one in some], moderator=member_of(request))
    messages.success(request, _("They are with the others now, and do not come back to you. Nobody asks why."))
    return redirect("moderation:queue")


def _group(request: Request, ref: str) -> tuple[Case, list[Offered]]:
    """The case by which the group is called, and what is open of the group."""
    head = case_for(request, ref)
    some = group_of(head, member_of(request))
    if not some:
        raise Http404
    return head, some


def _closed(head: Case, some: list[Offered], moderator: Member) -> dict[str, Any]:
    return {
        "head": head,
        "under": under_in_words(head),
        "some": some,
        "why": counted((one.case, one.reasons) for one in some),
        "since": min(one.case.at for one in some),
        "urgent": some[0].case.is_urgent,
        "spared": list(dict.fromkeys(label for one in some for label in one.spared)),
        "pause": pause_of(moderator),
    }


def _page(request: Request, head: Case, some: list[Offered], form: GroupForm | None = None) -> HttpResponse:
    moderator = member_of(request)
    sections = texts_of(some, moderator)
    shown = [text for section in sections for text in section.texts]
    if form is None:
        clauses = [prefilled_clause(one.case, one.reasons) for one in some]
        form = GroupForm(initial={"clause": max(set(clauses), key=clauses.count)})
    tick = request.GET.get("tick", "")
    on = request.POST.getlist("case") or [
        text.value for section in sections for text in section.texts if tick in {"all", section.key}
    ]
    context = {
        "head": head,
        "under": under_in_words(head),
        "address": reverse("moderation:group", args=[head.ref]),
        "sections": sections,
        "number": len(shown),
        "unopened": len(some) - len(opened_by(moderator, [one.case for one in some])),
        "around": shown_around(shown[0].case, moderator),
        "on": set(on),
        "form": form,
        "urgent": some[0].case.is_urgent,
    }
    return render(request, "moderation/group.html", context)


def _say(request: Request, decided: int, left: int) -> None:
    if decided:
        said = ngettext(
            "%(n)d text is decided. Its writer is told.", "%(n)d texts are decided. Their writers are told.", decided
        )
        messages.success(request, said % {"n": decided})
    if left:
        said = ngettext(
            "%(n)d text stays as it was: it has changed, somebody else has decided it, or this decision does not fit.",
            "%(n)d texts stay as they were: they have changed, somebody else has decided them, "
            "or this decision does not fit.",
            left,
        )
        messages.warning(request, said % {"n": left})
