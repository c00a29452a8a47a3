"""A door for members who have agreed that their journey is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from leeward.audience.requests import Request, member_of
from leeward.members.consents import has_consented
from leeward.members.doors import member_required
from leeward.members.models import Purpose

P = ParamSpec("P")
Door = Callable[Concatenate[Request, P], HttpResponseBase]


def agreed_required(view: Callable[Concatenate[Request, P], HttpResponse]) -> Door[P]:
    """For members whose journey is kept. The others are asked first, on the welcome page."""

    @wraps(view)
    def door(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not has_consented(member_of(request), Purpose.JOURNEY):
            return redirect("journeys:welcome")
        return view(request, *args, **kwargs)

    agreed: Door[P] = door
    return member_required(agreed)
