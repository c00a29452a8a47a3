"""The doors of this room."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leeward.audience.requests import Request, member_of
from leeward.kit.moments import moment_said, now_us
from leeward.members.doors import member_required
from leeward.notifications.actions import choose_kinds
from leeward.notifications.bell import lines_for, mark_read
from leeward.notifications.forms import PreferencesForm


@require_safe
@member_required
def bell(request: Request) -> HttpResponse:
    """What happened for me. To look is to have read."""
    member, now = member_of(request), now_us()
    lines, onward = lines_for(member, request.viewer, moment_said(request.GET.get("before", "")))
    mark_read(member, until=now)
    return render(request, "notifications/bell.html", {"lines": lines, "onward": onward})


@member_required
def preferences(request: Request) -> HttpResponse:
    """What I want to hear of."""
    member = member_of(request)
    letters = bool(settings.LETTERS_ON and member.email)
    form = PreferencesForm(request.POST or None, member=member, letters=letters)
    if request.method == "POST" and form.is_valid():
        choose_kinds(member, form.choices())
        messages.success(request, _("Kept."))
        return redirect("notifications:preferences")
    return render(request, "notifications/preferences.html", {"form": form, "letters": letters})
