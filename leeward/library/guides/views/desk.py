"""The editors' desk: what is there and what is due, writing, comparing, and each step of a version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leeward.audience.requests import Request, member_of
from leeward.library.guides import actions
from leeward.library.guides.desk import desk_of, earlier_of, history_of, page_of
from leeward.library.guides.differences import differences
from leeward.library.guides.models import Version
from leeward.library.guides.paper import paper_of
from leeward.library.guides.reading import reader_of
from leeward.library.guides.steps import STEPS, DeskStep
from leeward.members.doors import editor_required
from leeward.members.models import Member
from leeward.members.unsent import keeps_unsent_in


@require_safe
@editor_required
def desk(request: Request) -> HttpResponse:
    """All guides with how far they are, what is due first."""
    return render(request, "guides/desk.html", desk_of(member_of(request)))


@require_safe
@editor_required
def version(request: Request, pk: int) -> HttpResponse:
    """One version as it will be read, who did what with it, and what can be done now."""
    found = find_version(pk)
    page = page_of(found, member_of(request))
    ways = [(name, step.label) for name, step in STEPS.items() if step.is_open(found, member_of(request))]
    return render(request, "guides/version.html", {**page, "history": history_of(found), "ways": ways})


@require_safe
@editor_required
def sheet(request: Request, pk: int) -> HttpResponse:
    """How a version will be printed."""
    found = find_version(pk)
    page = {"noted": False, "version": found, **paper_of(request, found, reader_of(member_of(request)))}
    return render(request, "guides/sheet.html", page)


@require_safe
@editor_required
def compare(request: Request, pk: int, number: int) -> HttpResponse:
    """What differs between a version and an earlier one of its guide."""
    found = find_version(pk)
    before = Version.objects.filter(guide=found.guide, number=number).first()
    if before is None:
        raise Http404
    stretches = differences(before.content.as_text(), found.content.as_text())
    page = {"version": found, "before": before, "stretches": stretches, "others": earlier_of(found)}
    return render(request, "guides/differences.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
@keeps_unsent_in("words", "reviewer")
def step(request: Request, pk: int, step: str) -> HttpResponse:
    """One step with a version. Refused, in words, where it is no longer as the page showed it."""
    found, wanted = find_version(pk), STEPS.get(step)
    if wanted is None:
        raise Http404
    form = wanted.form(request.POST if request.method == "POST" else None, initial={"seen": found.touched_at})
    if form.is_bound and form.is_valid():
        refused = _refusal(wanted, found, member_of(request), form)
        if not refused:
            messages.success(request, str(wanted.done))
            return redirect("guides:version", pk)
        form.add_error(None, refused)
    elif not form.is_bound and not wanted.is_open(found, member_of(request)):
        return redirect("guides:version", pk)
    page = {"version": found, "step": wanted, "form": form, "back": reverse("guides:version", args=[pk])}
    return render(request, "guides/step.html", page)


def _refusal(wanted: DeskStep, found: Version, by: Member, form: Any) -> str:
    """Do it; the words of a refusal, or ""."""
    try:
        wanted.do(found, by, form)
    except actions.ChangedMeanwhile:
        return _("It is not as it was when you opened this page. Please look at it again before you go on.")
    except actions.NotByHerOwnHand:
        return _("The second reader is somebody else than those who wrote it or gave it to be read.")
    except actions.ReviewedTooEarly:
        return _("Its words changed after that day. The review has to be of exactly this text.")
    return ""


def find_version(pk: int) -> Version:
    """A version with its guide.

    Raises:
        Http404: there is none.
    """
    found = Version.objects.select_related("guide").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
