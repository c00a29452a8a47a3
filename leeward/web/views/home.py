"""Home: for a stranger what this place is; for a member, where she is."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from leeward.audience.feed import newest
from leeward.audience.panel import panel_of
from leeward.audience.requests import Request
from leeward.circles.finding import people_near
from leeward.circles.lights import asks_something
from leeward.journeys.facts import pairs_of
from leeward.journeys.nearness import Profile
from leeward.journeys.ranking import factors_of
from leeward.journeys.summary import where_she_is
from leeward.journeys.words import speech_of
from leeward.members.models import Member
from leeward.stories.facts import told_of
from leeward.stories.models import Story
from leeward.stories.near import near
from leeward.web.views.near_table import number_for


def home(request: Request) -> HttpResponse:
    """The first page."""
    if isinstance(request.user, Member):
        return _members_home(request, request.user)
    page = newest(Story, request.viewer, size=3, only=Q(taken_back_at=None))
    return render(request, "web/home_stranger.html", {"stories": page.things, "facts": told_of(page.things)})


def _members_home(request: Request, member: Member) -> HttpResponse:
    hers, speech, factors = pairs_of(member), speech_of(member), factors_of(member)
    profile = Profile.from_pairs(hers)
    people = people_near(profile, request.viewer, speech=speech, factors=factors, size=1) if profile else []
    close = near(profile, request.viewer, speech=speech, factors=factors, size=3 - len(people))
    shown = {one.story.pk for one in close}
    latest = newest(Story, request.viewer, size=6, only=Q(taken_back_at=None)).things
    fresh = [story for story in latest if story.pk not in shown][:3]
    facts = told_of([*(one.story for one in close), *fresh])
    drafts = list(Story.objects.written_by(member).filter(at=None).order_by("-touched_at")[:3])
    context = {"where": where_she_is(member), "near": close, "fresh": fresh, "facts": facts, "drafts": drafts}
    context |= {
        "people": people,
        "number": number_for(member, request.viewer, speech),
        "light_asks": asks_something(member),
    }
    context["kept"] = panel_of(member) if request.viewer.has_news else None
    return render(request, "web/home_member.html", context)
