"""Tell of a loss, change what was told of it, or take it away."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from leeward.audience.requests import Request, member_of
from leeward.journeys.actions import keep_loss, remove_loss
from leeward.journeys.facts import current_facts
from leeward.journeys.forms import Asked, LossForm
from leeward.journeys.models import Journey, Loss
from leeward.journeys.steps import LOSS_FACETS, LOSSES
from leeward.journeys.summary import ToldLoss, child_word, sorted_facts, told_losses
from leeward.journeys.views.agreed import agreed_required
from leeward.journeys.words import speech_of
from leeward.members.models import Member
from leeward.members.unsent import keeps_unsent


@agreed_required
@keeps_unsent
def add(request: Request) -> HttpResponse:
    """A loss that she has not told of yet."""
    return _told(request, None)


@agreed_required
@keeps_unsent
def edit(request: Request, pk: int) -> HttpResponse:
    """One of her losses."""
    return _told(request, _of(member_of(request), pk))


@agreed_required
def remove(request: Request, pk: int) -> HttpResponse:
    """Ask, then take a loss away with all that was told of it."""
    member = member_of(request)
    told = _of(member, pk)
    if request.method == "POST":
        remove_loss(told.loss, by=member)
        return redirect("journeys:step", LOSSES)
    return render(request, "journeys/loss_remove.html", {"told": told})


def _told(request: Request, told: ToldLoss | None) -> HttpResponse:
    member = member_of(request)
    loss = told.loss if told else None
    facts = current_facts(member).filter(loss=loss) if loss else ()
    asked = Asked(LOSS_FACETS, facts, speech_of(member))
    form = LossForm(request.POST if request.method == "POST" else None, asked=asked, loss=loss)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["sent"]
        keep_loss(member, fields=form.fields_of_loss(), answers=form.answers(), loss=loss, sent=sent)
        return (
            redirect("journeys:overview") if request.POST.get("then") == "stop" else redirect("journeys:step", LOSSES)
        )
    journey = Journey.objects.filter(member=member).first()
    return render(request, "journeys/loss.html", {"form": form, "told": told, "child": child_word(journey, loss)})


def _of(member: Member, pk: int) -> ToldLoss:
    facts = sorted_facts(current_facts(member))
    for told in (
        told_losses(member, speech_of(member), facts) if Loss.objects.filter(pk=pk, member=member).exists() else ()
    ):
        if told.loss.pk == pk:
            return told
    raise Http404
