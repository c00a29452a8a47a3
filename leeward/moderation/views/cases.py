"""Doors to one case: look, open, decide, take back, hand on, and read as a second."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.notes import notes_in
from leeward.audience.requests import Request, member_of
from leeward.members.doors import moderator_required
from leeward.members.models import Member
from leeward.members.unsent import keeps_unsent, keeps_unsent_in
from leeward.moderation.actions import decide, open_case, take_back
from leeward.moderation.actions.concerns import two_have_read
from leeward.moderation.actions.deciding import AlreadyDecidedError, ChangedMeanwhileError, acts_for
from leeward.moderation.actions.keeping import NobodyElseError, ask_second, give_opinion, hand_on, rest_after
from leeward.moderation.actions.opening import NotForYouError, has_opened, may_decide, may_open, thing_of
from leeward.moderation.case_page import case_context
from leeward.moderation.desks import desk_of, pause_of
from leeward.moderation.forms import DecisionForm, OpinionForm, TakeBackForm
from leeward.moderation.models import Case, Decision
from leeward.moderation.plain_reasons import why
from leeward.moderation.showing import kind_in_words, sight_of
from leeward.moderation.sparing import spared_notes


@moderator_required
def case(request: Request, ref: str) -> HttpResponse:
    """One case: closed, until it is opened with a line in the log."""
    found = case_for(request, ref)
    moderator = member_of(request)
    if has_opened(found, moderator):
        return _case_page(request, found)
    context = {
        "case": found,
        "kind": kind_in_words(found),
        "why": why(found, found.reports.values_list("reason", flat=True)),
        "notes": [note.label for note in notes_in(found.notes)],
        "spared": spared_notes(found, desk_of(moderator)),
        "pause": pause_of(moderator) if found.is_open else None,
    }
    return render(request, "moderation/closed.html", context)


@require_POST
@moderator_required
def open_one(request: Request, ref: str) -> HttpResponse:
    """Open a case; while she rests, only an urgent one, and only if she says so."""
    found = case_for(request, ref)
    if not may_open_now(request, found):
        return redirect("moderation:queue")
    open_case(found, moderator=member_of(request))
    return redirect("moderation:case", found.ref)


@require_POST
@moderator_required
@keeps_unsent_in("reason")
def decide_one(request: Request, ref: str) -> HttpResponse:
    """Decide a case."""
    moderator, found = member_of(request), case_for(request, ref)
    if not (has_opened(found, moderator) and may_decide(found, moderator)):
        raise Http404
    acts = acts_for(found, thing_of(found, moderator))
    form = DecisionForm(request.POST, acts=acts, two_have_read=two_have_read(found, moderator))
    if not form.is_valid():
        return _case_page(request, found, form=form)
    try:
        decide(found, moderator=moderator, ruling=form.ruling(), seen=form.cleaned_data["seen"])
    except AlreadyDecidedError:
        messages.warning(request, _("Somebody else has just decided this case. Your decision was not needed."))
        return redirect("moderation:case", found.ref)
    except ChangedMeanwhileError:
        messages.warning(
            request, _("The text was changed while you read it. It is here as it is now; please look again.")
        )
        return _case_page(request, found, form=form, anew=True)
    rest_after([found], moderator=moderator)
    messages.success(request, _("Decided. It is told to those whom it touches."))
    return redirect("moderation:queue")


@require_POST
@moderator_required
@keeps_unsent_in("reason")
def take_back_one(request: Request, pk: int) -> HttpResponse:
    """Take a decision back."""
    decision = get_object_or_404(Decision.objects.select_related("case"), pk=pk)
    found = case_for(request, decision.case.ref)
    form = TakeBackForm(request.POST)
    if not has_opened(found, member_of(request)) or not decision.is_restriction:
        raise Http404
    if not form.is_valid():
        return _case_page(request, found, back=form)
    try:
        take_back(decision, moderator=member_of(request), reason=form.cleaned_data["reason"])
    except AlreadyDecidedError:
        messages.warning(request, _("It was taken back already."))
    else:
        messages.success(request, _("Taken back. The writer is told."))
    return redirect("moderation:case", found.ref)


@require_POST
@moderator_required
def hand_on_one(request: Request, ref: str) -> HttpResponse:
    """Leave a case to others for good."""
    hand_on([case_for(request, ref)], moderator=member_of(request))
    messages.success(request, _("It is with the others now, and does not come back to you. Nobody asks why."))
    return redirect("moderation:queue")


@require_POST
@moderator_required
def ask_for_second(request: Request, ref: str) -> HttpResponse:
    """Ask another moderator to read it, too."""
    found = case_for(request, ref)
    try:
        ask_second(found, by=member_of(request))
    except NobodyElseError:
        messages.warning(request, _("There is no other person here yet who could read it."))
    except NotForYouError:
        raise Http404 from None
    else:
        messages.success(request, _("The others are asked. You will hear when somebody has written."))
    return redirect("moderation:case", found.ref)


@require_POST
@moderator_required
@keeps_unsent
def give_one_opinion(request: Request, ref: str) -> HttpResponse:
    """Say as a second reader what one thinks of it."""
    found, form = case_for(request, ref), OpinionForm(request.POST)
    if not has_opened(found, member_of(request)):
        raise Http404
    if not form.is_valid():
        return _case_page(request, found, opinion=form)
    try:
        give_opinion(found, by=member_of(request), words=form.cleaned_data["words"])
    except NotForYouError:  # decided meanwhile, or answered by another
        messages.warning(request, _("It is no longer asked for. What you wrote was not kept."))
    else:
        messages.success(request, _("Kept. Whoever decides reads it, without your name."))
    return redirect("moderation:case", found.ref)


def case_for(request: Request, ref: str) -> Case:
    """The case, if this moderator may look at it; about her own words, or inside them, there is none."""
    found = get_object_or_404(Case, ref=ref)
    if not may_open(found, member_of(request)):
        raise Http404
    return found


def may_open_now(request: Request, found: Case) -> bool:
    """Whether she opens it now: at work always; while she rests only what is urgent, if she chose to (`anyway`)."""
    moderator: Member = member_of(request)
    if not found.is_open or pause_of(moderator) is None or (found.is_urgent and "anyway" in request.POST):
        return True
    messages.info(request, _("Not now. It keeps, and others may take it."))
    return False


def _case_page(
    request: Request,
    found: Case,
    *,
    form: DecisionForm | None = None,
    back: TakeBackForm | None = None,
    opinion: OpinionForm | None = None,
    anew: bool = False,
) -> HttpResponse:
    context = case_context(found, member_of(request), form, anew=anew)
    context["sight"] = sight_of(found, member_of(request), request.GET.get("look", ""))
    if back is not None:
        context["back"] = back
    if opinion is not None:
        context["opinion"] = opinion
    return render(request, "moderation/case.html", context)
