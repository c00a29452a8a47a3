"""The doors of this room: people and blocks. Those to what is kept from her are in shield_views."""

from __future__ import annotations

from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.actions import block, choose, unblock, unchoose, unmute
from leeward.audience.forms import ChooseForm, NameForm
from leeward.audience.known import Known
from leeward.audience.models import Block, Choice, Mute
from leeward.audience.requests import Request, member_of
from leeward.audience.things import find
from leeward.members.doors import member_required
from leeward.members.limits import LOOK_UP, TooMany, try_door
from leeward.members.models import Member
from leeward.members.waiting import wait_words

F = TypeVar("F", bound=NameForm)


@member_required
def blocks(request: Request) -> HttpResponse:
    """Whom I do not want to meet."""
    member = member_of(request)
    form = NameForm(request.POST or None, by=member)
    found, form = _found(request, form)
    if found:
        block(member, found)
        messages.success(request, _("Kept. Nobody is told."))
        return redirect("audience:blocks")
    known = Known(member)
    blocked = known.in_order(row.blocked for row in Block.objects.filter(blocker=member).select_related("blocked"))
    muted = known.in_order(row.muted for row in Mute.objects.filter(member=member).select_related("muted"))
    return render(request, "audience/blocks.html", {"form": form, "blocks": blocked, "mutes": muted})


@require_POST
@member_required
def unblock_one(request: Request, ref: str) -> HttpResponse:
    """Take a block back."""
    row = get_object_or_404(Block.objects.select_related("blocked"), blocker=member_of(request), blocked__ref=ref)
    unblock(member_of(request), row.blocked)
    messages.success(request, _("The block is taken back. Nobody is told."))
    return redirect("audience:blocks")


@require_POST
@member_required
def unmute_one(request: Request, ref: str) -> HttpResponse:
    """See again what somebody signs."""
    row = get_object_or_404(Mute.objects.select_related("muted"), member=member_of(request), muted__ref=ref)
    unmute(member_of(request), row.muted)
    messages.success(request, _("Kept."))
    return redirect("audience:blocks")


@member_required
def block_writer(request: Request, kind: str, ref: str) -> HttpResponse:
    """Block who signed a thing. For what is not signed there is no such door: it would tell who wrote it."""
    thing, member = find(kind, ref, request.viewer), member_of(request)
    if thing is None or not thing.signed or thing.author is None or thing.author_id == member.pk:
        raise Http404
    if request.method == "POST":
        block(member, thing.author)
        messages.success(request, _("Kept. Nobody is told."))
        return redirect("audience:blocks")
    return render(request, "audience/block_writer.html", {"name": thing.author.name, "thing": thing})


@member_required
def chosen(request: Request) -> HttpResponse:
    """The people I choose."""
    member = member_of(request)
    form = ChooseForm(request.POST or None, by=member)
    found, form = _found(request, form)
    if found:
        choose(member, found)
        messages.success(request, _("Added. Nobody is told."))
        return redirect("audience:chosen")
    rows = Choice.objects.filter(member=member).select_related("chosen")
    choices = Known(member).in_order(row.chosen for row in rows)
    return render(request, "audience/chosen.html", {"form": form, "choices": choices})


@require_POST
@member_required
def unchoose_one(request: Request, ref: str) -> HttpResponse:
    """Take somebody out of the people I choose."""
    other: Member = get_object_or_404(
        Choice.objects.select_related("chosen"), member=member_of(request), chosen__ref=ref
    ).chosen
    unchoose(member_of(request), other)
    messages.success(request, _("Taken out. Nobody is told."))
    return redirect("audience:chosen")


def _found(request: Request, form: F) -> tuple[Member | None, F]:
    """Whom the form names, if anybody, and the form to show if not. Names of nobody are tried so many times an hour."""
    if request.method != "POST":
        return None, form
    try:
        one_try = try_door(LOOK_UP, request, form.by.ref)
    except TooMany as too_many:
        messages.warning(request, wait_words(too_many))
        return None, type(form)(initial={"name": request.POST.get("name", "")}, by=form.by)
    if not form.is_valid():
        return None, form
    one_try.forget()
    return form.found, form
