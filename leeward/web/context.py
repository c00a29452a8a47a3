"""What every page knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from leeward.audience.prepared import prepared
from leeward.audience.viewers import Viewer
from leeward.members.invented import invented_people
from leeward.members.models import Member
from leeward.members.unsent import put_back
from leeward.moderation.hours import hours_said
from leeward.notifications.bell import has_something_new, unread_on_bell
from leeward.web.care import help_for
from leeward.web.jinja import drawing
from leeward.web.tokens import csrf_input

SECTIONS = frozenset({"stories", "near", "library", "search", "journey", "bell", "me", "join", "sign-in"})
"""The first parts of the addresses that the main navigation leads to."""


class Place:
    """The place as its pages name it, from the settings."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.name: str = settings.PLACE_NAME
        self.host: str = settings.PLACE_HOST
        self.responsible: str = settings.PLACE_RESPONSIBLE
        self.contact: str = settings.PLACE_CONTACT
        self.language: str = settings.LANGUAGE_CODE
        self.letters_on: bool = settings.LETTERS_ON

    @property
    def reading_hours(self) -> str:
        """When somebody reads, in words; may be empty."""
        return hours_said()

    @property
    def village(self) -> bool:
        """Whether invented people live here."""
        return self._frame.village


class Frame:
    """What stands around a page and is not the same for all: one question to the database, once it is drawn.

    Args:
        request: whose page it is.
        member: who looks, if she is one.
        viewer: the same.
    """

    def __init__(self, request: HttpRequest, member: Member | None, viewer: Viewer) -> None:
        self.path = request.path
        self._member, self._viewer = member, viewer

    @property
    def section(self) -> str:
        """The part of the place that the page is in, as its address begins; "" for all others."""
        first = self.path.split("/", 2)[1]
        return f"/{first}/" if first in SECTIONS else ""

    @property
    def village(self) -> bool:
        """Whether invented people live here. In production the answer was given when the place started."""
        return not settings.PRODUCTION and self._said[0]

    @property
    def something_new(self) -> bool:
        """Whether a notice waits that she has not read. On a hard day nothing calls her to what waits for tomorrow."""
        if self._viewer.hard_until:
            return has_something_new(self._member, self._viewer)
        return self._said[1]

    @cached_property
    def _said(self) -> tuple[bool, bool]:
        if self._member is None or not self._viewer.is_member:  # signed in just now, in this very request
            return bool(_invented(Viewer.stranger())), False
        village, unread = _village_and_bell(self._viewer)[0]
        return bool(village), bool(unread)


@prepared
def _invented(viewer: Viewer) -> QuerySet[Any, tuple[int]]:
    return invented_people().values_list("pk")[:1]


@prepared
def _village_and_bell(viewer: Viewer) -> QuerySet[Any, tuple[bool, bool]]:
    hers = Member.objects.filter(pk=viewer.member_id)
    return hers.values_list(Exists(invented_people()), Exists(unread_on_bell(viewer.member_id)))


def page(request: HttpRequest) -> dict[str, Any]:
    """The names that every template may use: place, frame, viewer, member, messages(), help_for_her(), piece()."""
    user = getattr(request, "user", None)
    member = user if isinstance(user, Member) else None
    viewer = getattr(request, "viewer", Viewer.stranger())
    said: Callable[[], Iterable[Any]] = partial(messages.get_messages, request)
    frame = Frame(request, member, viewer)
    return {
        "place": Place(frame),
        "frame": frame,
        "member": member,
        "viewer": viewer,
        "messages": said,
        "help_for_her": partial(help_for, request),
        "put_back": partial(put_back, request),
        **drawing(get_language()),
        "csrf_input": SimpleLazyObject(partial(csrf_input, request)),  # one mask a page, not one a form
    }
