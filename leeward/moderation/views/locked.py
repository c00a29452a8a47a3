"""The host's doors to what is locked: what there is, the written procedure, and each step."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.requests import Request, member_of
from leeward.audience.things import model_of
from leeward.members.doors import host_required
from leeward.members.models import Member
from leeward.members.unsent import keeps_unsent
from leeward.moderation.actions.deciding import AlreadyDecidedError
from leeward.moderation.actions.lifting import false_alarm
from leeward.moderation.actions.locking import StepMissesSomething, may_step, take_step
from leeward.moderation.forms.locking import LockedStepForm
from leeward.moderation.looked_at import CannotGiveBackError
from leeward.moderation.models import Appeal, Case, Locked, LockedStep, StepTaken
from leeward.moderation.papers.texts import text_in_force
from leeward.moderation.showing import kind_in_words

IMAGES = "images"
"""The key of the written procedure."""


@dataclass(frozen=True)
class Line:
    """Something locked, as the host reads it."""

    locked: Locked
    kind: str
    writer: str
    steps: list[LockedStep]
    objects: bool
    form: LockedStepForm | None


@host_required
def locked(request: Request) -> HttpResponse:
    """What is locked, and the steps of the written procedure."""
    return _page(request)


@require_POST
@host_required
@keeps_unsent
def take_one_step(request: Request, ref: str) -> HttpResponse:
    """Do something about what is locked."""
    found = get_object_or_404(Locked.objects.select_related("decision__case__author"), ref=ref, over_at=None)
    member = member_of(request)
    if not may_step(found, member):
        raise Http404
    form = LockedStepForm(request.POST, locked=found)
    if not form.is_valid():
        return _page(request, sent=form, to=found)
    what, words = StepTaken(form.cleaned_data["what"]), form.cleaned_data["words"]
    try:
        if what == StepTaken.GIVE_BACK:
            false_alarm(found, by=member, words=words)
        else:
            take_step(found, by=member, what=what, words=words, until=form.moment())
    except StepMissesSomething:
        form.add_error("until", _("Choose a later day; waiting with telling lasts half a year at most at a time."))
        return _page(request, sent=form, to=found)
    except CannotGiveBackError as reason:
        form.add_error(None, str(reason))
        return _page(request, sent=form, to=found)
    except AlreadyDecidedError:
        messages.warning(request, _("It was taken back already."))
    else:
        messages.success(request, _("Done, and written down."))
    return redirect(f"{reverse('moderation:locked')}#{found.ref}")


def _page(request: Request, *, sent: LockedStepForm | None = None, to: Locked | None = None) -> HttpResponse:
    rows = Locked.objects.select_related("decision__case__author").order_by("pk")
    steps = Prefetch("steps", LockedStep.objects.order_by("at"))
    waiting = Appeal.objects.filter(decision=OuterRef("decision"), heard_at=None)
    standing = rows.filter(over_at=None).annotate(objected=Exists(waiting)).prefetch_related(steps)
    member = member_of(request)
    lines = [_line(one, one.objected, member, sent if one == to else None) for one in standing]
    page = {"lines": lines, "over": rows.exclude(over_at=None), "procedure": text_in_force(IMAGES)}
    return render(request, "moderation/locked.html", page, status=422 if sent else 200)


def _writer(case: Case) -> str:
    """By name only if it is signed. Who else it was, the vault says, with a line in its log."""
    if case.author is None:
        return _("someone who has left; the vault says who it was")
    thing = model_of(case.kind).objects.written_by(case.author).filter(pk=case.thing_id).first()
    return thing.writer_names or "" if thing and thing.signed else _("not signed; the vault says who sent it")


def _line(one: Locked, objects: bool, member: Member, sent: LockedStepForm | None) -> Line:
    case = one.decision.case
    form = (sent or LockedStepForm(locked=one)) if may_step(one, member) else None
    return Line(one, kind_in_words(case), _writer(case), list(one.steps.all()), objects, form)
