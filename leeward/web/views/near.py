"""Near: "Am I the only one?", what counts for her, and what she would rather not see there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from leeward.audience.actions import put_aside
from leeward.audience.requests import Request, member_of
from leeward.audience.things import find
from leeward.circles.finding import KIND as PERSON
from leeward.circles.lights import asks_something, lights_of
from leeward.circles.meeting import presence_of, why_not_write
from leeward.circles.models import Presence
from leeward.circles.shown import facts_of
from leeward.journeys.actions import weigh
from leeward.journeys.facts import telling_of
from leeward.journeys.nearness import Profile, profile_of
from leeward.journeys.statistics import general_statistics
from leeward.journeys.views.agreed import agreed_required
from leeward.journeys.weighing import QUESTIONS, questions_in, weighings_of
from leeward.members.doors import member_required
from leeward.members.models import Member
from leeward.members.pace import DAY, HOUR, Pace, TooOften, keep_pace
from leeward.members.waiting import wait_words
from leeward.moderation.becoming import say_where_help_is
from leeward.stories.facts import shown_facts
from leeward.stories.models import Story
from leeward.stories.near import KIND as STORY
from leeward.web.views.near_forms import CountsForm, LookForm
from leeward.web.views.near_table import Asked, Table, lay, lay_near_to, seems_said

LOOKS = Pace("look_near", ((60, HOUR), (300, DAY)))
"""Looks with words of her own, each of which keeps the finder busy."""


@sensitive_post_parameters()
def near(request: Request) -> HttpResponse:
    """What is near: to a story or a person named in the address, or to where the member is."""
    member = request.user if isinstance(request.user, Member) else None
    if to := request.GET.get("to", ""):
        return _near_to(request, to, member)
    if member is None:
        return render(request, "web/near_stranger.html", {"published": general_statistics()})
    return _near_her(request, member)


@require_POST
@agreed_required
def near_counts(request: Request) -> HttpResponse:
    """Keep what counts for her."""
    member = member_of(request)
    form = CountsForm(request.POST, questions=questions_in(profile_of(member)), said={})
    if form.is_valid():
        weigh(member, form.counts())
        messages.success(request, _("Kept. It counts from now on, and only for you."))
    return redirect("web:near")


@require_POST
@member_required
def not_this(request: Request) -> HttpResponse:
    """Put one story or person out of her sight. Nobody learns of it."""
    member = member_of(request)
    kind, _sign, ref = request.POST.get("thing", "").partition(":")
    thing = find(kind, ref, request.viewer) if kind in {STORY, PERSON} and ref.isalnum() else None
    if thing is None or thing.author_id == member.pk:
        raise Http404
    put_aside(member, thing)
    said = _("Put aside. You do not meet it in lists any more, and nobody is told. Under Me, it can be brought back.")
    messages.success(request, said)
    if request.POST.get("words") or request.POST.get("without"):
        return _near_her(request, member)  # as she had asked: her words are kept nowhere but in her page
    return redirect("web:near")


def _near_to(request: Request, to: str, member: Member | None) -> HttpResponse:
    """Near to a story or to somebody; the same 404 for what she may not see as for what is not there."""
    thing = find(STORY, to, request.viewer) or find(PERSON, to, request.viewer) if to.isalnum() else None
    if isinstance(thing, Story):
        shown = shown_facts([thing])[thing.pk]
    elif isinstance(thing, Presence):
        shown = facts_of([thing])[thing.pk]
    else:
        raise Http404
    table = lay_near_to(thing, shown, request.viewer, member)
    kept = thing.notes & request.viewer.shield and thing.author_id != request.viewer.member_id
    name = _("This story") if kept and isinstance(thing, Story) else thing.title_words()
    context = {"table": table, "thing": thing, "name": name, "is_person": isinstance(thing, Presence)}
    return render(request, "web/near_to.html", context)


def _near_her(request: Request, member: Member) -> HttpResponse:
    """Near to a member, with what she asks for this one time. What she sends is kept nowhere."""
    asks, status = request.method == "POST", 200
    words = request.POST.get("words", "").strip()
    telling, weighings = telling_of(member), weighings_of(member)
    told = telling.pairs()
    seems = seems_said(words, told) if asks and words else []
    questions = questions_in(Profile.from_pairs(told))
    form = LookForm(request.POST if asks else None, questions=questions, seems=seems)
    asked = Asked(more="more" in request.GET)
    if asks and form.is_valid():
        try:
            if form.cleaned_data["words"]:
                keep_pace(LOOKS, member)
                say_where_help_is(request, form.cleaned_data["words"])
            asked = _asked(form)
        except TooOften as too_often:
            form.add_error(None, wait_words(too_often))
            status = 429
    elif asks:
        status = 422
    table = lay(member, telling, weighings, request.viewer, asked)
    counts = CountsForm(questions=table.questions, said=weighings) if table.questions else None
    context = {"table": table, "asked": asked, "form": form, "counts": counts, **_beside(member, table)}
    context["again"] = [("words", asked.words), *_ticked(form)] if asks and not form.errors else []
    context["left_out"] = [QUESTIONS[key] for key in table.questions if key in asked.without]
    context["widen"] = [(key, QUESTIONS[key]) for key in table.questions if key not in asked.without][:6]
    return render(request, "web/near.html", context, status=status)


def _ticked(form: LookForm) -> list[tuple[str, str]]:
    """What she ticked, to be sent once more with what she does on the same page."""
    return [(name, key) for name in ("use", "without") for key in form.cleaned_data.get(name, [])]


def _asked(form: LookForm) -> Asked:
    given = form.cleaned_data
    using = tuple((facet, key) for facet, _sign, key in (said.partition(":") for said in given.get("use", [])))
    return Asked(given["words"], frozenset(given.get("without", [])), using)


def _beside(member: Member, table: Table) -> dict[str, object]:
    """What stands beside what is near: her lights, whether one asks for her, and whether she can be found."""
    return {
        "light_asks": asks_something(member),
        "lights": lights_of(member),
        "found": presence_of(member) is not None,
        "why_not_write": why_not_write(member) if table.people else "",
        "here": reverse("web:near"),
    }
