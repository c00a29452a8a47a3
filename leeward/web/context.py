"""What every page knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest

from leeward.audience.viewers import Viewer
from leeward.members.invented import is_a_village
from leeward.members.models import Member
from leeward.members.unsent import put_back
from leeward.moderation.hours import hours_said
from leeward.notifications.bell import has_something_new
from leeward.web.care import help_for


@dataclass(frozen=True)
class Place:
    """The place as its pages name it."""

    name: str
    host: str
    responsible: str
    contact: str
    language: str
    reading_hours: str
    letters_on: bool
    village: bool


def place() -> Place:
    """The place, from the settings."""
    return Place(
        name=settings.PLACE_NAME,
        host=settings.PLACE_HOST,
        responsible=settings.PLACE_RESPONSIBLE,
        contact=settings.PLACE_CONTACT,
        language=settings.LANGUAGE_CODE,
        reading_hours=hours_said(),
        letters_on=settings.LETTERS_ON,
        village=is_a_village(),
    )


def page(request: HttpRequest) -> dict[str, Any]:
    """What every template may use: place, viewer, member, messages(), help_for_her(), something_new(), put_back()."""
    user = getattr(request, "user", None)
    member = user if isinstance(user, Member) else None
    viewer = getattr(request, "viewer", Viewer.stranger())
    said: Callable[[], Iterable[Any]] = partial(messages.get_messages, request)
    return {
        "place": place(),
        "member": member,
        "viewer": viewer,
        "messages": said,
        "help_for_her": partial(help_for, request),
        "something_new": partial(has_something_new, member, viewer),
        "put_back": partial(put_back, request),
    }
