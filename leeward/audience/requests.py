"""A request, as the doors of this place know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

from leeward.members.doors import signed_in

if TYPE_CHECKING:
    from leeward.audience.viewers import Viewer
    from leeward.members.models import Member


class Request(HttpRequest):
    """A request with the person who looks (set by leeward.web.middleware)."""

    viewer: Viewer


def member_of(request: HttpRequest) -> Member:
    """The member who is signed in, behind a door that asked for one.

    Raises:
        PermissionError: nobody is signed in: the door is missing.
    """
    return signed_in(request)
