"""Home: for a stranger what this place is; for a member, where she is."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from leeward.audience.feed import newest
from leeward.audience.panel import panel_of
from leeward.audience.requests import Request
from leeward.circles.finding import people_near
from leeward.journeys.facts import telling_of
from leeward.journeys.nearness import EVENLY, Profile
from leeward.journeys.ranking import factors_in
from leeward.journeys.summary import where_she_is
from leeward.journeys.weighing import weighings_of
from leeward.journeys.words import PLAIN, speech_of
from leeward.members.models import Member
from leeward.stories.facts import told_of
from leeward.stories.listed import card_values
from leeward.stories.models import Story
from leeward.stories.near import near
from leeward.web.at_home import what_is_hers
from leeward.web.views.near_table import number_for


def home(request: Request) -> HttpResponse:
    """The first page."""
    if isinstance(request.user, Member):
        return _members_home(request, request.user)
    page = newest(Story, request.viewer, size=3, only=Q(taken_back_at=None))
    return render(request, "web/home_stranger.html", {"stories": page.things, "facts": told_of(page.things)})


def _members_home(request: Request, member: Member) -> HttpResponse:
    hers, telling = what_is_hers(request.viewer), telling_of(member)
    speech = speech_of(member) if hers.own_words else PLAIN
    factors = factors_in(weighings_of(member)) if hers.weighings else EVENLY
    profile = Profile.from_pairs(telling.pairs())
    people = people_near(profile, request.viewer, speech=speech, factors=factors, size=1) if profile else []
    close = near(profile, request.viewer, speech=speech, factors=factors, size=3 - len(people))
    shown = {one.story.pk for one in close}
    latest = newest(Story, request.viewer, size=6, only=Q(taken_back_at=None)).things
    fresh = [story for story in latest if story.pk not in shown][:3]
    facts = told_of(fresh)
    context = {
        "where": where_she_is(telling, speech),
        "people": people,
        "near": [card_values(one.story, reasons=one.reasons, level=3) for one in close],
        "fresh": [card_values(story, facts[story.pk], level=3) for story in fresh],
        "own_words": hers.own_words,  # they may stand in the reasons, and are nobody else's
        "drafts": _drafts_of(member) if hers.drafts else [],
        "number": number_for(telling, request.viewer, speech),
        "light_asks": hers.light_asks,
        "kept": panel_of(member) if request.viewer.has_news else None,
    }
    return render(request, "web/home_member.html", context)


def _drafts_of(member: Member) -> list[Story]:
    return list(Story.objects.written_by(member).filter(at=None).order_by("-touched_at")[:3])
