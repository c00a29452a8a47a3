"""What happens around every page."""

from __future__ import annotations

from collections.abc import Callable

from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from leeward.audience.sessions import SessionStore
from leeward.audience.viewers import Viewer
from leeward.journeys.presets import EDITION, keep_presets
from leeward.members.models import Member
from leeward.web.views.errors import written_in

Door = Callable[[HttpRequest], HttpResponse]

STILL_HERS = frozenset(
    {
        "audience:bring_back",
        "audience:change_kept",
        "audience:hard_day",
        "audience:shields",
        "audience:unblock",
        "audience:unchoose",
        "audience:unmute",
        "moderation:object",
        "stories:book",
        "stories:take_answer_back",
        "stories:take_back",
    }
)
"""Where somebody whose membership has ended still sends something: to object, and for what is hers alone."""
STILL_HER_ROOMS = frozenset({"journeys", "members", "notifications", "web"})
"""Rooms that are hers alone: how she signs in, her copy, her journey, her bell, leaving."""


def quiet(get_response: Door) -> Door:
    """Leave nothing behind: pages are not stored by browsers or caches, nor indexed unless a page says so.

    Nor do they load or run anything that is not ours. The policy on that is the same for every page, so it is put into
    words once, where django-csp's own middleware would do so for each.
    """
    policy = build_policy(config=settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])

    def door(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Content-Security-Policy", policy)
        response.setdefault("Cache-Control", "no-store, private")
        response.setdefault("X-Robots-Tag", "noindex, nofollow, noarchive")
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), interest-cohort=()"
        return response

    return door


def looking_person(get_response: Door) -> Door:
    """Say who is looking: `request.user`, and `request.viewer` with what she asked not to meet.

    What follows from her journey follows first, where she told it before the table of today (`journeys.presets`).
    """

    def door(request: HttpRequest) -> HttpResponse:
        request.user, viewer = _who_looks(request)
        if isinstance(request.user, Member) and viewer.edition != EDITION:
            keep_presets(request.user)
            viewer = Viewer.member(request.user)
        request.viewer = viewer  # type: ignore[attr-defined]  # leeward.audience.requests.Request declares it
        return get_response(request)

    return door


def _who_looks(request: HttpRequest) -> tuple[Member | AnonymousUser, Viewer]:
    session = request.session
    found = session.signed_in() if isinstance(session, SessionStore) else None
    if found:
        member, kept = found
        return member, Viewer.with_kept(member, kept)
    user = get_user(request)
    return (user, Viewer.member(user)) if isinstance(user, Member) else (AnonymousUser(), Viewer.stranger())


def ended_membership(get_response: Door) -> Door:
    """Take nothing from somebody whose membership has ended but what is named above: the newest door is closed too.

    She reads, as a stranger does (`Viewer.member`), and her own words. What she sent is shown to her, to be copied.
    """

    def door(request: HttpRequest) -> HttpResponse:
        user = request.user
        if request.method in {"GET", "HEAD"} or not (isinstance(user, Member) and user.has_ended):
            return get_response(request)
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return get_response(request)
        if match.view_name in STILL_HERS or match.app_name in STILL_HER_ROOMS:
            return get_response(request)
        return render(request, "web/ended.html", {"written": written_in(request), "kept": False}, status=403)

    return door
