"""Doors to a moderator's own desk: what she is spared, how much a day, her rest, and her notes to herself."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.requests import Request, member_of
from leeward.members.doors import moderator_required
from leeward.members.retention import rule
from leeward.members.unsent import keeps_unsent
from leeward.moderation.actions.keeping import go_on, keep_desk, note_down, throw_away
from leeward.moderation.desks import desk_of, opened_today, pause_of
from leeward.moderation.forms import DebriefForm, DeskForm
from leeward.moderation.models import Debrief


@moderator_required
def desk(request: Request) -> HttpResponse:
    """How I work: seen by nobody else."""
    moderator = member_of(request)
    form = DeskForm(request.POST or None, desk=desk_of(moderator))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        keep_desk(
            moderator,
            avoids=form.avoids(),
            avoids_losses=given.get("losses", []),
            away_from=given["away_from"],
            away_until=given["away_until"],
            daily_cap=given["daily_cap"],
        )
        messages.success(request, _("Kept. Nobody else sees it."))
        return redirect("moderation:desk")
    opened = opened_today([moderator]).get(moderator.pk, 0)
    return render(request, "moderation/desk.html", {"form": form, "opened": opened, "pause": pause_of(moderator)})


@moderator_required
@keeps_unsent
def notes(request: Request) -> HttpResponse:
    """Notes to myself."""
    moderator = member_of(request)
    form = DebriefForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note_down(moderator, form.cleaned_data["words"])
        messages.success(request, _("Kept, for you alone."))
        return redirect("moderation:notes")
    mine = Debrief.objects.filter(moderator=moderator).order_by("-at")
    return render(request, "moderation/debrief.html", {"form": form, "notes": mine, "days": rule("debriefs").days})


@require_POST
@moderator_required
def throw_note_away(request: Request, pk: int) -> HttpResponse:
    """Delete a note of mine."""
    if not throw_away(member_of(request), pk):
        raise Http404
    messages.success(request, _("It is gone."))
    return redirect("moderation:notes")


@require_POST
@moderator_required
def end_rest(request: Request) -> HttpResponse:
    """Go on at once, where something urgent waits and nobody else is there."""
    if not go_on(member_of(request)):
        messages.info(request, _("Somebody else is there, or nothing urgent waits. You can rest."))
    return redirect("moderation:queue")
