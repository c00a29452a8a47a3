"""The page that says that very many people joined on a day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from leeward.audience.requests import Request
from leeward.members.doors import keeper_required
from leeward.moderation.arrivals import READ_IN_A_RUSH, rushes


@keeper_required
def arrivals(request: Request) -> HttpResponse:
    """Days on which very many joined, and what the place does about it by itself."""
    return render(request, "moderation/arrivals.html", {"rushes": rushes(), "read": READ_IN_A_RUSH})
