"""The gate: in production nobody but the host comes in before help is confirmed for every country that is served."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from leeward.library.opening import may_open
from leeward.members.models import Member

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
    }
)
"""Doors that are open before the place is: help, signing in, the way out, and what is kept."""
_HOST = "/host/"
_AN_HOUR = "3600"


def open_only_when_help_is_confirmed(get_response: Door) -> Door:
    """Answer with a calm page, status 503, until the place may open. The host always comes in, to make it ready."""
    has_opened = False

    def door(request: HttpRequest) -> HttpResponse:
        nonlocal has_opened
        # What a running place has confirmed cannot become unconfirmed: lines change with a new start only.
        has_opened = has_opened or may_open()
        if has_opened or _may_pass(request):
            return get_response(request)
        return _not_open(request)

    return door


def _may_pass(request: HttpRequest) -> bool:
    if request.path_info.startswith(_HOST) or (isinstance(request.user, Member) and request.user.is_host):
        return True
    try:
        door = resolve(request.path_info)
    except Resolver404:
        return False
    return door.view_name in ALWAYS_OPEN or (door.app_name == "members" and _nobody_hosts())


def _nobody_hosts() -> bool:
    """Whether there is no host yet: until then accounts can be made, or the first host could not come in."""
    return not Member.objects.filter(is_host=True).exists()


def _not_open(request: HttpRequest) -> HttpResponse:
    response = render(request, "web/not_open.html", status=503)
    response["Retry-After"] = _AN_HOUR
    return response
