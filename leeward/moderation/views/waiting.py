"""What of mine waits to be read, by the reader or by a person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from leeward.audience.requests import Request, member_of
from leeward.members.doors import member_required
from leeward.moderation.hours import when_read
from leeward.moderation.waiting import waiting_of


@member_required
def waiting(request: Request) -> HttpResponse:
    """What of mine waits."""
    member = member_of(request)
    context = {"waiting": waiting_of(member, request.viewer), "when_read": when_read()}
    return render(request, "moderation/waiting.html", context)
