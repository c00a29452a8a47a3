"""Doors for a member who objects to a decision, and for whoever hears her."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.requests import Request, member_of
from leeward.members.doors import keeper_required, member_required
from leeward.members.unsent import keeps_unsent, keeps_unsent_in
from leeward.moderation.actions.appealing import MayNotObject, hear, object_to, open_appeal
from leeward.moderation.actions.deciding import AlreadyDecidedError
from leeward.moderation.actions.opening import has_opened
from leeward.moderation.appeals import Keepers, appeals_for, appeals_for_nobody, may_hear, may_object
from leeward.moderation.forms.appeals import HearForm, ObjectForm
from leeward.moderation.models import Appeal
from leeward.moderation.showing import kind_in_words, shown_around, shown_thing, sight_of
from leeward.moderation.statements import Statement, statement_as_told, statement_to


@member_required
def statement(request: Request, pk: int) -> HttpResponse:
    """One decision about what I wrote: what, why, and how to object."""
    said = _hers(request, pk)
    waits_for_somebody = said.appeal is not None and said.appeal.heard_at is None
    context = {
        "said": said,
        "may_object": may_object(said.decision, member_of(request)),
        "somebody_hears": waits_for_somebody and bool(Keepers.now().who_may_hear(said.decision)),
    }
    return render(request, "moderation/statement.html", context)


@member_required
@keeps_unsent
def object_to_it(request: Request, pk: int) -> HttpResponse:
    """Object to a decision."""
    said = _hers(request, pk)
    member = member_of(request)
    if said.appeal is not None:
        return redirect("moderation:statement", pk)
    if not may_object(said.decision, member):
        raise Http404
    form = ObjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            object_to(said.decision, by=member, words=form.cleaned_data["words"])
        except MayNotObject:  # in another tab, a moment ago; or it was taken back in this one
            messages.info(request, _("This has changed in the meantime. Here is how it stands now."))
        else:
            messages.success(request, _("Another person will look at it again. You will hear what comes of it."))
        return redirect("moderation:statement", pk)
    somebody = bool(Keepers.now().who_may_hear(said.decision))
    return render(request, "moderation/appeal.html", {"said": said, "form": form, "somebody_hears": somebody})


@keeper_required
def appeals(request: Request) -> HttpResponse:
    """What waits to be looked at again by me, and what waits for a person who is not there yet."""
    member = member_of(request)
    mine = [(appeal, kind_in_words(appeal.decision.case)) for appeal in appeals_for(member)]
    nobody = [appeal for appeal in appeals_for_nobody() if member.pk not in appeal.decision.case.tellers]
    return render(request, "moderation/appeals.html", {"appeals": mine, "for_nobody": nobody})


@keeper_required
def appeal(request: Request, pk: int) -> HttpResponse:
    """One appeal: closed, until it is opened with a line in the log."""
    found = _to_hear(request, pk)
    if found.heard_at is not None:
        return _heard_already(request)
    if not has_opened(found.decision.case, member_of(request)):
        return render(request, "moderation/appeal_closed.html", _named(found))
    return _appeal_page(request, found, HearForm())


@require_POST
@keeper_required
def open_one(request: Request, pk: int) -> HttpResponse:
    """Open an appeal."""
    found = _to_hear(request, pk)
    if found.heard_at is not None:
        return _heard_already(request)
    open_appeal(found, by=member_of(request))
    return redirect("moderation:appeal", pk)


@require_POST
@keeper_required
@keeps_unsent_in("answer")
def hear_one(request: Request, pk: int) -> HttpResponse:
    """Decide on an appeal."""
    found = _to_hear(request, pk)
    if found.heard_at is not None:
        return _heard_already(request)
    if not has_opened(found.decision.case, member_of(request)):
        raise Http404
    form = HearForm(request.POST)
    if not form.is_valid():
        return _appeal_page(request, found, form)
    given = form.cleaned_data
    try:
        hear(found, by=member_of(request), granted=given["granted"], answer=given["answer"])
    except AlreadyDecidedError:
        return _heard_already(request)
    messages.success(request, _("Decided. Whoever objected is told."))
    return redirect("moderation:appeals")


def _hers(request: Request, pk: int) -> Statement:
    said = statement_to(member_of(request), pk)
    if said is None:
        raise Http404
    return said


def _to_hear(request: Request, pk: int) -> Appeal:
    """The appeal, if this person may hear it, or might have."""
    found = get_object_or_404(Appeal.objects.select_related("decision__case"), pk=pk)
    if not may_hear(found, member_of(request)):
        raise Http404
    return found


def _heard_already(request: Request) -> HttpResponse:
    messages.warning(request, _("Somebody has decided this already, or it ended by itself. Nothing more is needed."))
    return redirect("moderation:appeals")


def _named(found: Appeal) -> dict[str, object]:
    return {"appeal": found, "case": found.decision.case, "kind": kind_in_words(found.decision.case)}


def _appeal_page(request: Request, found: Appeal, form: HearForm) -> HttpResponse:
    case, hearer = found.decision.case, member_of(request)
    shown = shown_thing(case, hearer)
    context = {
        **_named(found),
        "said": statement_as_told(found.decision),
        "shown": shown,
        "sight": sight_of(case, hearer, request.GET.get("look", "")),
        "around": shown_around(case, hearer),
        "evidence": [row for row in case.evidence.order_by("taken_at") if not shown or row.text != shown.text],
        "form": form,
    }
    return render(request, "moderation/appeal_case.html", context)
