"""Doors for moderators and the host: the queue, a case, the log."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.requests import Request, member_of
from leeward.kit.moments import moment_said
from leeward.members.doors import host_required, moderator_required
from leeward.moderation.actions import decide, open_case, take_back
from leeward.moderation.actions.deciding import AlreadyDecidedError, ChangedMeanwhileError, acts_for
from leeward.moderation.actions.opening import has_opened, may_decide, may_open, thing_of
from leeward.moderation.forms import DecisionForm, TakeBackForm
from leeward.moderation.models import Case, Decision
from leeward.moderation.queue import log_page, waiting_for
from leeward.moderation.reasons import REASON
from leeward.moderation.showing import kind_in_words, shown_around, shown_thing


@moderator_required
def queue(request: Request) -> HttpResponse:
    """What waits for a person."""
    return render(request, "moderation/queue.html", {"waiting": waiting_for(member_of(request))})


@moderator_required
def case(request: Request, ref: str) -> HttpResponse:
    """One case: closed, until it is opened with a line in the log."""
    found = _case(request, ref)
    if not has_opened(found, member_of(request)):
        return render(request, "moderation/closed.html", {"case": found, "kind": kind_in_words(found)})
    return _case_page(request, found, None)


@require_POST
@moderator_required
def open_one(request: Request, ref: str) -> HttpResponse:
    """Open a case."""
    found = _case(request, ref)
    open_case(found, moderator=member_of(request))
    return redirect("moderation:case", found.ref)


@require_POST
@moderator_required
def decide_one(request: Request, ref: str) -> HttpResponse:
    """Decide a case."""
    moderator, found = member_of(request), _case(request, ref)
    if not (has_opened(found, moderator) and may_decide(found, moderator)):
        raise Http404
    form = DecisionForm(request.POST, acts=acts_for(found, thing_of(found, moderator)))
    if not form.is_valid():
        return _case_page(request, found, form)
    given = form.cleaned_data
    try:
        decide(
            found,
            moderator=moderator,
            ruling=form.ruling(),
            seen=given["seen"],
        )
    except AlreadyDecidedError:
        messages.warning(request, _("Somebody else has just decided this case. Your decision was not needed."))
        return redirect("moderation:case", found.ref)
    except ChangedMeanwhileError:
        messages.warning(
            request, _("The text was changed while you read it. It is here as it is now; please look again.")
        )
        return _case_page(request, found, form, anew=True)
    messages.success(request, _("Decided. It is told to those whom it touches."))
    return redirect("moderation:queue")


@require_POST
@moderator_required
def take_back_one(request: Request, pk: int) -> HttpResponse:
    """Take a decision back."""
    decision = get_object_or_404(Decision.objects.select_related("case"), pk=pk)
    found = _case(request, decision.case.ref)
    form = TakeBackForm(request.POST)
    if not has_opened(found, member_of(request)) or not decision.is_restriction:
        raise Http404
    if not form.is_valid():
        return _case_page(request, found, None, back=form)
    try:
        take_back(decision, moderator=member_of(request), reason=form.cleaned_data["reason"])
    except AlreadyDecidedError:
        messages.warning(request, _("It was taken back already."))
    else:
        messages.success(request, _("Taken back. The writer is told."))
    return redirect("moderation:case", found.ref)


@host_required
def log(request: Request) -> HttpResponse:
    """What was decided here, without persons and without anybody's words."""
    decisions, onward = log_page(moment_said(request.GET.get("before", "")))
    return render(request, "moderation/log.html", {"decisions": decisions, "onward": onward})


def _case(request: Request, ref: str) -> Case:
    """The case, if this moderator may look at it; about her own words there is none."""
    found = get_object_or_404(Case, ref=ref)
    if not may_open(found, member_of(request)):
        raise Http404
    return found


def _case_page(
    request: Request, found: Case, form: DecisionForm | None, *, back: TakeBackForm | None = None, anew: bool = False
) -> HttpResponse:
    moderator = member_of(request)
    shown = shown_thing(found, moderator)
    acts = acts_for(found, thing_of(found, moderator))
    seen = shown.touched_at if shown else None
    if form is None or anew:  # what was written stays; what was seen is what stands here now
        form = DecisionForm(initial={**(form.cleaned_data if form else {}), "seen": seen}, acts=acts)
    context = {
        "case": found,
        "kind": kind_in_words(found),
        "shown": shown,
        "around": shown_around(found, moderator),
        "reports": [(REASON.get(row.reason), row) for row in found.reports.order_by("at")],
        "evidence": [row for row in found.evidence.order_by("taken_at") if not shown or row.text != shown.text],
        "decisions": _decisions(found),
        "may_decide": may_decide(found, moderator),
        "form": form,
        "back": back or TakeBackForm(),
    }
    return render(request, "moderation/case.html", context)


def _decisions(found: Case) -> list[Decision]:
    """Everything that was decided about the same thing."""
    same = Decision.objects.filter(case__kind=found.kind, case__thing_id=found.thing_id)
    return list(same.select_related("case").order_by("at"))
