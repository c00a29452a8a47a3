"""The list of what is due, and the page on which services are checked."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from leeward.audience.requests import Request, member_of
from leeward.library.directory.desk.checking import MOST_AT_ONCE, check
from leeward.library.directory.desk.due import MOST_COUNTED, MOST_PAGES, PILE, PILES, counts, narrowed, page_of
from leeward.library.directory.desk.facts import around, facts_of
from leeward.library.directory.desk.forms.due import NarrowForm
from leeward.library.directory.freshness import checkables, oldest_current, standing_of
from leeward.library.directory.models import Service
from leeward.library.forms import ConfirmForm, checked_value
from leeward.members.doors import editor_required


@require_safe
@editor_required
def desk(request: Request) -> HttpResponse:
    """What is due, list by list."""
    form = NarrowForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {"source": None, "name": ""}
    entries = narrowed(asked["source"], asked["name"])
    how_many = counts(entries)
    first = next((pile for pile in PILES if how_many[pile.key].number), PILES[-1])
    pile = PILE.get(request.GET.get("list", ""), first)
    kept = {"source": asked["source"].pk if asked["source"] else "", "name": asked["name"]}
    page = {
        "form": form,
        "piles": [(one, how_many[one.key], _address(kept, list=one.key)) for one in PILES],
        "pile": pile,
        "shown": page_of(pile, entries, _page_number(request)),
        "turn": lambda number: _address(kept, list=pile.key, page=number),
        "most_counted": MOST_COUNTED,
        "most_at_once": MOST_AT_ONCE,
        "most_pages": MOST_PAGES,
        "oldest_current": oldest_current(),
    }
    return render(request, "services_desk/due.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def check_some(request: Request) -> HttpResponse:
    """Services as they stand, to be read, and ticked as checked today by a named person."""
    asked = (request.POST if request.method == "POST" else request.GET).getlist("service")
    ids = list(dict.fromkeys(one for one in asked if one and "\0" not in one))
    services = sorted(
        Service.objects.filter(id__in=ids[:MOST_AT_ONCE], retired_at=None), key=lambda one: ids.index(one.id)
    )
    things = checkables(services)
    form = ConfirmForm(request.POST if request.method == "POST" else None, things=things.values())
    if form.is_bound and form.is_valid():
        count = check(form.checked, by=member_of(request), name=form.cleaned_data["name"])
        messages.success(request, ngettext("%d is checked.", "%d are checked.", count) % count)
        return redirect("directory:desk") if len(services) > 1 else redirect("directory:desk_service", services[0].id)
    fresh = standing_of(services)
    page: dict[str, Any] = {
        "form": form,
        "shown": [(one, facts_of(one), things[one.service.id], fresh[one.service.id]) for one in around(services)],
        "left_out": max(0, len(ids) - MOST_AT_ONCE),
        "most_at_once": MOST_AT_ONCE,
        "value_of": checked_value,
    }
    return render(request, "services_desk/check.html", page)


def _page_number(request: Request) -> int:
    said = request.GET.get("page", "")
    return min(MOST_PAGES, max(1, int(said))) if said.isascii() and said.isdigit() and len(said) < 6 else 1


def _address(kept: dict[str, Any], **also: Any) -> str:
    return "?" + urlencode({name: value for name, value in {**kept, **also}.items() if value})
