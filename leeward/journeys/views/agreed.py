"""A door for members who have agreed that their journey is kept."""

from __future__ import annotations

from functools import wraps
from typing import ParamSpec

from django.http import HttpResponseBase
from django.shortcuts import redirect

from leeward.audience.requests import Request, member_of
from leeward.members.consents import has_consented
from leeward.members.doors import View, member_required
from leeward.members.models import Member, Purpose

P = ParamSpec("P")


def agreed_required(view: View[Request, P]) -> View[Request, P]:
    """For members whose journey is kept. The others are asked first, on the welcome page."""

    @member_required
    @wraps(view)
    def door(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not _has_agreed(member_of(request)):
            return redirect("journeys:welcome")
        return view(request, *args, **kwargs)

    door.is_for = _has_agreed  # type: ignore[attr-defined]  # asked by `unsent.keeps`
    return door


def _has_agreed(member: Member) -> bool:
    return has_consented(member, Purpose.JOURNEY)
