"""The doors of this room: the numbers, the same for all members, and each member's own account of being counted."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leeward.audience.requests import Request, member_of
from leeward.journeys.models import Loss
from leeward.members.doors import member_required
from leeward.members.models import Member
from leeward.numbers.actions.agreeing import AlreadyCounted, be_counted, choose_loss, stop_being_counted
from leeward.numbers.mine import account_of
from leeward.numbers.page import pair_for, singles_for


@require_safe
@member_required
def every(request: Request) -> HttpResponse:
    """All numbers of single facts."""
    return render(request, "numbers/every.html", {"numbers": singles_for(request.viewer)})


@require_safe
@member_required
def pair(request: Request, table: str) -> HttpResponse:
    """The numbers of one kind of loss and one more fact together."""
    numbers = pair_for(table, request.viewer)
    if numbers is None:
        raise Http404
    return render(request, "numbers/pair.html", {"numbers": numbers})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def mine(request: Request) -> HttpResponse:
    """What being counted means for her; by POST she agrees, stops, or chooses her loss."""
    member = member_of(request)
    if request.method == "POST":
        _decide(request, member)
        return redirect("numbers:mine")
    return render(request, "numbers/mine.html", {"account": account_of(member)})


def _decide(request: Request, member: Member) -> None:
    what = request.POST.get("what", "")
    if what == "count":
        be_counted(member)
        messages.success(request, _("Kept. You can stop at any time, here."))
    elif what == "stop":
        stop_being_counted(member)
        messages.success(request, _("You are in no number from the next month on. As what you were counted is erased."))
    elif what == "loss":
        chosen = request.POST.get("loss", "")
        loss = get_object_or_404(Loss, member=member, pk=int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0)
        try:
            choose_loss(member, loss)
        except AlreadyCounted:
            messages.error(request, _("You are counted by a loss already, and stay so while you are counted."))
        else:
            messages.success(request, _("You will be counted by this loss."))
    else:
        raise Http404
