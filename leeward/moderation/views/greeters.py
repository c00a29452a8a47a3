"""Doors for greeters: first words that wait for an answer, and the rota."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.requests import Request, member_of
from leeward.audience.shared import Shared
from leeward.audience.things import find
from leeward.members.doors import greeter_required
from leeward.moderation.actions.greeting import TakenByAnotherError, choose_days, give_back, pass_on, take
from leeward.moderation.forms.greeting import DaysForm
from leeward.moderation.greeting.first_words import Taken, find_first_words, first_words_for
from leeward.moderation.greeting.rota import days_of, the_week


@greeter_required
def greeting(request: Request) -> HttpResponse:
    """First words that nobody has answered yet, the oldest first."""
    greeter, all_time = member_of(request), "all" in request.GET
    context = {
        "waiting": first_words_for(greeter, all_time=all_time),
        "all_time": all_time,
        "Taken": Taken,
        "today": next(day for day in the_week() if day.is_today),
        "may_take": greeter.may_write,
    }
    return render(request, "moderation/greeting.html", context)


@greeter_required
def rota(request: Request) -> HttpResponse:
    """Who greets on which day; a greeter chooses hers."""
    greeter = member_of(request)
    form = DaysForm(request.POST or None, initial={"days": sorted(days_of(greeter))})
    if request.method == "POST" and greeter.is_greeter:
        form = DaysForm(request.POST)
        if form.is_valid():
            choose_days(greeter, form.cleaned_data["days"])
            messages.success(request, _("Kept. Thank you for being there."))
            return redirect("moderation:rota")
    return render(request, "moderation/rota.html", {"week": the_week(), "form": form, "chooses": greeter.is_greeter})


@require_POST
@greeter_required
def take_one(request: Request, kind: str, ref: str) -> HttpResponse:
    """Say that one will answer, and go to read it."""
    greeter = member_of(request)
    thing = find_first_words(greeter, kind, ref)
    if thing is None:
        messages.info(request, _("It does not wait any more: somebody has answered, or its writer has taken it back."))
        return redirect("moderation:greeting")
    try:
        take(thing, by=greeter)
    except PermissionError:
        raise Http404 from None
    except TakenByAnotherError:
        messages.info(request, _("Somebody else has just said that she will answer. Thank you all the same."))
        return redirect("moderation:greeting")
    messages.success(request, _("It is yours to answer for the next six hours. The other greeters see that."))
    return redirect(thing.get_absolute_url())


@require_POST
@greeter_required
def give_one_back(request: Request, kind: str, ref: str) -> HttpResponse:
    """Leave to others what one had said one would answer."""
    give_back(_seen(request, kind, ref), by=member_of(request))
    messages.success(request, _("It waits for the others again."))
    return redirect("moderation:greeting")


@require_POST
@greeter_required
def pass_one_on(request: Request, kind: str, ref: str) -> HttpResponse:
    """Leave first words to others, and do not meet them again."""
    pass_on(_seen(request, kind, ref), by=member_of(request))
    messages.success(request, _("It waits for the others, and does not come up for you again. Nobody is told."))
    return redirect("moderation:greeting")


def _seen(request: Request, kind: str, ref: str) -> Shared:
    """The thing, if she may see it."""
    thing = find(kind, ref, request.viewer)
    if thing is None:
        raise Http404
    return thing
