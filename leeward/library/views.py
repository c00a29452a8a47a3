"""The doors of this room. They work for everyone, with an account or without.

Help now is drawn the same for everyone: a browser keeps it for when there is no network
(docs/decisions/0040-help-now.md).
"""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from leeward.audience.requests import Request, member_of
from leeward.journeys.countries import country_name
from leeward.library import actions, offline
from leeward.library.forms import ConfirmForm, checked_value
from leeward.library.line_words import drawn_said
from leeward.library.lines import Line, Signs, countries_with_lines, lines_of, signs
from leeward.library.opening import what_is_missing
from leeward.library.packing import packed
from leeward.library.shown import Groups, ShownLine, grouped, in_writing, lines_by_kind, open_first
from leeward.library.standing import LASTS, standings
from leeward.members.doors import host_required


def _signs() -> dict[str, Any]:
    return {"signs": signs(), "signs_standing": standings([signs()])["signs"]}


@require_safe
@packed
def help_now(request: Request) -> HttpResponse:
    """International lines, then the countries to choose from, then the signs of the body."""
    now = timezone.now()
    named = [(code.lower(), country_name(code)) for code in countries_with_lines()]
    served = [pair for pair in named if pair[0].upper() in settings.COUNTRIES]
    others = sorted((pair for pair in named if pair not in served), key=lambda pair: pair[1])
    groups = open_first(lines_by_kind(""), now)
    page = {"groups": groups, "served": served, "others": others}
    return render(request, "library/help_now.html", page | _of_every_help_page(groups, now))


@require_safe
@packed
def country(request: Request, code: str) -> HttpResponse:
    """The lines of one country, then international ones."""
    if code.upper() not in countries_with_lines():
        raise Http404
    now = timezone.now()
    groups, international = (open_first(lines_by_kind(place), now) for place in (code.upper(), ""))
    page = {"country": country_name(code.upper()), "groups": groups, "international": international}
    return render(request, "library/country.html", page | _of_every_help_page(groups + international, now))


@require_safe
@packed
def keep_offline(_request: Request) -> HttpResponse:
    """The script that keeps the help pages in a browser. Its address is why no browser lets it reach another page."""
    return HttpResponse(offline.worker(), content_type="text/javascript; charset=utf-8")


def _of_every_help_page(groups: Groups, now: datetime.datetime) -> dict[str, Any]:
    return {
        "without_voice": in_writing(groups),
        "drawn": now.astimezone(datetime.UTC).isoformat(timespec="minutes"),
        "drawn_said": drawn_said(now),
        "sheet": offline.SHEET,
        "icon": offline.ICON,
        "scripts": offline.SCRIPTS,
        **_signs(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@host_required
def confirm(request: Request) -> HttpResponse:
    """The host's page: what is confirmed, what asks to be, and what keeps the place closed."""
    codes = ["", *settings.COUNTRIES]
    lines = [line for code in codes for line in lines_of(code)]
    things: list[Line | Signs] = [signs(), *lines]
    form = ConfirmForm(request.POST if request.method == "POST" else None, things=things)
    if form.is_bound and form.is_valid():
        count = actions.confirm(form.checked, by=member_of(request), name=form.cleaned_data["name"])
        messages.success(request, ngettext("%d is confirmed.", "%d are confirmed.", count) % count)
        return redirect("library:confirm")
    page = {
        "form": form,
        "groups": [
            (country_name(code) if code else _("International"), _confirmables(lines_of(code))) for code in codes
        ],
        "value_of": checked_value,
        "missing": [(country_name(missing.country), missing) for missing in what_is_missing()],
        "lasts_days": LASTS.days,
    }
    return render(request, "library/confirm.html", page | _signs())


def _confirmables(lines: list[Line]) -> list[ShownLine]:
    return [shown for _kind, group in grouped(lines) for shown in group]
