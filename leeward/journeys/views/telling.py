"""Tell: the welcome with its agreements, then one step after another, each of which may be the last."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from leeward.audience.panel import panel_of
from leeward.audience.requests import Request, member_of
from leeward.journeys.actions import agree, answer, tell_of_self
from leeward.journeys.facts import current_facts
from leeward.journeys.forms import Asked, FacetsForm, FaithForm, WelcomeForm, YouForm
from leeward.journeys.models import Journey
from leeward.journeys.steps import LOSSES, STEP, STEPS, YOU, Step, after, answered_steps, before, not_agreed_steps
from leeward.journeys.summary import sorted_facts, told_losses
from leeward.journeys.views.agreed import agreed_required
from leeward.journeys.vocabulary import FACET
from leeward.journeys.words import speech_of
from leeward.members.consents import consents_of, has_consented
from leeward.members.doors import member_required
from leeward.members.models import Member, Purpose


@member_required
def welcome(request: Request) -> HttpResponse:
    """What is asked, what is kept and who sees it; and what she agrees to."""
    member = member_of(request)
    agreed = consents_of(member)
    if Purpose.JOURNEY in agreed:
        return redirect("journeys:overview")
    form = WelcomeForm(request.POST if request.method == "POST" else None, agreed=agreed)
    if request.method == "POST" and form.is_valid():
        agree(member, form.agreed())
        return redirect("journeys:step", STEPS[0].slug)
    return render(request, "journeys/welcome.html", {"form": form})


@agreed_required
def step(request: Request, slug: str) -> HttpResponse:
    """One step: its questions with what she answered before. Saving leads on, or back to the overview."""
    if slug not in STEP:
        raise Http404
    member, this = member_of(request), STEP[slug]
    answered = answered_steps(member)
    form = _form(request, member, this)
    if request.method == "POST" and form.is_valid():
        _keep(member, form)
        then = request.POST.get("then")
        if this.slug == LOSSES and then == "loss":
            return redirect("journeys:loss_add")
        onward = after(this, answered | not_agreed_steps(member)) if then == "next" else None
        return redirect("journeys:step", onward.slug) if onward else redirect("journeys:overview")
    kept = panel_of(member) if request.viewer.has_news else None
    return render(request, "journeys/step.html", {**_page(member, this, answered), "form": form, "kept": kept})


def _page(member: Member, this: Step, answered: set[str]) -> dict[str, object]:
    losses = []
    if this.slug == LOSSES:
        losses = told_losses(member, speech_of(member), sorted_facts(current_facts(member)))
    return {
        "step": this,
        "number": STEPS.index(this) + 1,
        "steps": len(STEPS),
        "before": before(this),
        "skip": after(this, answered | not_agreed_steps(member)),
        "was_answered": this.slug in answered,
        "is_losses": this.slug == LOSSES,
        "losses": losses,
    }


def _form(request: Request, member: Member, this: Step) -> FacetsForm:
    facts = current_facts(member).filter(loss=None, facet__in=[facet.key for facet in this.facets])
    asked = Asked(this.facets, facts, speech_of(member))
    data = request.POST if request.method == "POST" else None
    if this.slug == YOU:
        return YouForm(data, asked=asked, journey=Journey.objects.filter(member=member).first())
    if any(facet.consent for facet in this.facets):
        return FaithForm(data, asked=asked, initial={"agree": has_consented(member, Purpose.FAITH)})
    return FacetsForm(data, asked=asked)


def _keep(member: Member, form: FacetsForm) -> None:
    with transaction.atomic():
        if isinstance(form, YouForm):
            said = form.cleaned_data
            tell_of_self(member, country=said["country"], word=said["word"], own_word=said["own_word"])
        if isinstance(form, FaithForm):
            if not form.cleaned_data["agree"]:
                return
            agree(member, {Purpose.FAITH})
        for facet, given in form.answers().items():
            answer(member, FACET[facet], given)
