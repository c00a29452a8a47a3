"""What happens around every page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from leeward.audience.viewers import Viewer
from leeward.members.models import Member

Door = Callable[[HttpRequest], HttpResponse]


def quiet(get_response: Door) -> Door:
    """Leave nothing behind: pages are not stored by browsers or caches, nor indexed unless a page says so."""

    def door(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cache-Control", "no-store, private")
        response.setdefault("X-Robots-Tag", "noindex, nofollow, noarchive")
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), interest-cohort=()"
        return response

    return door


def looking_person(get_response: Door) -> Door:
    """Say who is looking: `request.viewer`, with what she asked not to meet."""

    def door(request: HttpRequest) -> HttpResponse:
        user = request.user
        viewer = Viewer.member(user) if isinstance(user, Member) else Viewer.stranger()
        request.viewer = viewer  # type: ignore[attr-defined]  # leeward.audience.requests.Request declares it
        return get_response(request)

    return door
