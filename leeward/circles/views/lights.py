"""Lights: leave one on, put it out, and answer whether somebody may learn that I am here."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.requests import Request, member_of
from leeward.circles.actions.lighting import CannotLight, light, put_out, say, take_yes_back
from leeward.circles.forms import LightForm
from leeward.circles.lights import MOST, asks_something, in_words, lights_of, yes_on_its_way
from leeward.circles.models import Light
from leeward.members.doors import member_required
from leeward.members.pace import TooOften
from leeward.members.waiting import wait_words


@member_required
def lights(request: Request) -> HttpResponse:
    """My lights, and leaving one on."""
    member = member_of(request)
    form = LightForm(request.POST or None, member=member)
    status = 200
    if request.method == "POST":
        status = 422
        if form.fields and form.is_valid():
            try:
                light(member, form.pairs())
            except CannotLight:
                form.add_error(None, _("Three lights can be left on. Put one out first."))
            except PermissionError as refusal:
                raise PermissionDenied from refusal
            except TooOften as too_often:
                form.add_error(None, wait_words(too_often))
                status = 429
            else:
                messages.success(request, _("It is on. Nobody sees it but you."))
                return redirect("circles:lights")
    lit = [(one, in_words(one)) for one in lights_of(member)]
    shown = {"full": len(lit) >= MOST, "open": bool(form.data.get("more")), "asked": asks_something(member)}
    context = {"form": form, "lit": lit, **shown}
    return render(request, "circles/lights.html", context, status=status)


@member_required
@require_POST
def out(request: Request, pk: int) -> HttpResponse:
    """Put a light out."""
    member = member_of(request)
    put_out(get_object_or_404(Light, pk=pk, member=member), by=member)
    messages.success(request, _("It is out."))
    return redirect("circles:lights")


@member_required
def asked(request: Request) -> HttpResponse:
    """Somebody has left a light on: may she learn that I am here?"""
    member = member_of(request)
    if request.method == "POST":
        if "back" in request.POST:
            take_yes_back(member)
            messages.success(request, _("Kept. Nobody is told from now on."))
        elif asks_something(member) and ("yes" in request.POST or "no" in request.POST):
            say(member, agreed="yes" in request.POST)
            messages.success(request, _("Kept.") if "yes" in request.POST else _("Kept. Nobody hears of it."))
        return redirect("circles:light_asked")
    context = {"asked": asks_something(member), "on_its_way": yes_on_its_way(member)}
    return render(request, "circles/light_asked.html", context)
