"""Something has changed: say it, see what it did, go back on it; and the news of it for those who were let know."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from leeward.audience.models import RingKind, RingMember
from leeward.audience.panel import panel_of
from leeward.audience.requests import Request, member_of
from leeward.journeys.actions import go_back, move_on
from leeward.journeys.changes import CHANGE
from leeward.journeys.facts import telling_of
from leeward.journeys.forms import ChangedForm
from leeward.journeys.models import Move, News
from leeward.journeys.summary import where_she_is
from leeward.journeys.views.agreed import agreed_required
from leeward.journeys.words import speech_of
from leeward.members.doors import member_required


@agreed_required
def changed(request: Request) -> HttpResponse:
    """One question, and who learns of the answer."""
    member = member_of(request)
    form = ChangedForm(request.POST if request.method == "POST" else None)
    chosen = RingMember.objects.filter(ring__kind=RingKind.CHOSEN, ring__owner=member).exists()
    if not chosen:
        del form.fields["tell_chosen"]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told = said.get("tell_chosen", False)
        move = move_on(member, said["what"], words=said["words"], tell_chosen=told, sent=said["sent"])
        return redirect("journeys:moved", move.pk)
    return render(request, "journeys/changed.html", {"form": form, "chosen": chosen})


@agreed_required
def moved(request: Request, pk: int) -> HttpResponse:
    """Where she is now, and the way back."""
    member = member_of(request)
    move = get_object_or_404(Move, pk=pk, member=member)
    seen = {
        "move": move,
        "label": CHANGE[move.what].label if move.what in CHANGE else "",
        "words": move.begun_in_words(),
        "where": where_she_is(telling_of(member), speech_of(member)),
        "kept": panel_of(member),
    }
    return render(request, "journeys/moved.html", seen)


@require_POST
@agreed_required
def undo(request: Request, pk: int) -> HttpResponse:
    """Put everything back as it was before."""
    member = member_of(request)
    go_back(get_object_or_404(Move, pk=pk, member=member), by=member)
    return redirect("journeys:overview")


@member_required
def news(request: Request, ref: str) -> HttpResponse:
    """That something has changed for somebody who let this reader know."""
    told: News | None = News.objects.filter(ref=ref).visible_to(request.viewer).select_related("author", "move").first()
    if told is None:
        raise Http404
    noted = bool(told.notes & request.viewer.shield) and "open" not in request.GET
    return render(request, "journeys/news.html", {"news": told, "noted": noted})
