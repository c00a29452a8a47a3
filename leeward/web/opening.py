"""The gate: in production nobody but the host comes in before help is confirmed and people are there to read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from leeward.members.models import Member
from leeward.moderation.papers.facts import moderators_now
from leeward.moderation.papers.setting import ENOUGH_MODERATORS
from leeward.web.readiness import may_open

Door = Callable[[HttpRequest], HttpResponse]

ALWAYS_OPEN = frozenset(
    {
        "library:help_now",
        "library:country",
        "members:sign_in",
        "members:sign_out",
        "members:confirm",
        "web:leave",
        "web:about_leaving",
        "web:privacy",
        "moderation:emergencies",
    }
)
"""Doors that are open before the place is: help, the policy on emergencies, signing in, the way out, what is kept."""
_HOST = "/host/"
_AN_HOUR = "3600"


def open_only_when_ready(get_response: Door) -> Door:
    """Answer with a calm page, status 503, until the place may open.

    The host and the moderators always come in, to make it ready.
    """
    has_opened = False

    def door(request: HttpRequest) -> HttpResponse:
        nonlocal has_opened
        # What a running place has confirmed cannot become unconfirmed: lines change with a new start only. Nor does a
        # moderator who leaves shut out those who are inside.
        has_opened = has_opened or may_open()
        if has_opened or _may_pass(request):
            return get_response(request)
        return _not_open(request)

    return door


def _may_pass(request: HttpRequest) -> bool:
    user = request.user
    if request.path_info.startswith(_HOST) or (isinstance(user, Member) and (user.is_host or user.is_moderator)):
        return True
    try:
        door = resolve(request.path_info)
    except Resolver404:
        return False
    return door.view_name in ALWAYS_OPEN or (door.app_name == "members" and _people_are_lacking())


def _people_are_lacking() -> bool:
    """Whether there is no host yet, or there are too few to moderate: until then accounts can be made.

    Else those who are to become host and moderators could not come in, and the place could never open.
    """
    return not Member.objects.filter(is_host=True).exists() or moderators_now() < ENOUGH_MODERATORS


def _not_open(request: HttpRequest) -> HttpResponse:
    response = render(request, "web/not_open.html", status=503)
    response["Retry-After"] = _AN_HOUR
    return response
