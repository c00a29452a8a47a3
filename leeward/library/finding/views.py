"""The public pages of services: finding them, one whole, and who runs them. They work for everyone."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from leeward.audience.requests import Request
from leeward.library.directory.desk.told import doubted
from leeward.library.finding.cards import Card, cards_of
from leeward.library.finding.finder import MOST, find
from leeward.library.finding.forms import PAGE, FindForm
from leeward.library.finding.journey import Told, told_by
from leeward.library.finding.models import Listing
from leeward.library.finding.pages import organization_page, service_page
from leeward.library.finding.sought import Sought
from leeward.members.limits import Door, TooMany, try_door
from leeward.members.models import Member
from leeward.members.waiting import wait_words
from leeward.moderation.becoming import say_where_help_is

FIND = Door("find_service", 300, 300, datetime.timedelta(hours=1))
"""Pages of services that are asked for from one address: nobody who looks for help meets it, who copies all does."""


@dataclass(frozen=True)
class Results:
    """A page of what was found.

    Args:
        current: cards of what was checked within the host's limit.
        others: cards of what was not.
        count: how many were found, at most 200.
        is_all: whether there are no more.
        page: this page, from 1 on.
        pages: how many pages there are.
        looser: the names of fields that she could leave out, where nothing was found.
    """

    current: list[Card]
    others: list[Card]
    count: int
    is_all: bool
    page: int
    pages: int
    looser: Sequence[str] = ()


@sensitive_post_parameters()
def services(request: Request) -> HttpResponse:
    """The choices, and what was found."""
    told = told_by(request.user) if isinstance(request.user, Member) else None
    if request.method != "POST":
        return _page(request, FindForm(told=told))
    form = FindForm(request.POST, told=told)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        try_door(FIND, request)
    except TooMany as too_many:
        form.add_error(None, wait_words(too_many))
        return _page(request, form, status=429)
    if form.choices_of_place:
        return _page(request, form)
    say_where_help_is(request, form.cleaned_data["words"])
    used = told if told and form.cleaned_data.get("journey") else None
    return _page(request, form, _results(form.sought(), form.cleaned_data["page"] or 1, form), used)


def _page(
    request: Request, form: FindForm, results: Results | None = None, used: Told | None = None, status: int = 200
) -> HttpResponse:
    given = {"form": form, "results": results, "used": used, "most": MOST, "empty_place": not Listing.objects.exists()}
    return render(request, "finding/services.html", given, status=status)


def _results(sought: Sought, page: int, form: FindForm) -> Results:
    found = find(sought)
    pages = max(1, -(-len(found.hits) // PAGE))
    page = min(page, pages)
    cards = cards_of(found.hits[(page - 1) * PAGE : page * PAGE])
    return Results(
        [card for card in cards if card.freshness.is_current],
        [card for card in cards if not card.freshness.is_current],
        len(found.hits),
        found.is_all,
        page,
        pages,
        () if cards else [str(form[name].label) for name in _narrowing(form)],
    )


def _narrowing(form: FindForm) -> list[str]:
    """The fields by which she narrowed what is found."""
    return [name for name in form.fields if name not in {"page", "which", "within"} and form.cleaned_data.get(name)]


@require_safe
def service(request: Request, service_id: str) -> HttpResponse:
    """A service whole."""
    page = service_page(service_id)
    if page is None:
        raise Http404
    if not page.whole.is_offered:
        return render(request, "finding/no_longer.html", {"page": page}, status=410)
    said = {
        "doubted": bool(doubted([service_id])),
        "no_longer_so": reverse("directory:no_longer_so", args=[service_id]),
    }
    return render(request, "finding/service.html", {"page": page, **said})


@require_safe
def organization(request: Request, organization_id: str) -> HttpResponse:
    """Who runs services, and which."""
    page = organization_page(organization_id)
    if page is None:
        raise Http404
    status = 200 if page.is_there else 410
    return render(request, "finding/organization.html", {"page": page}, status=status)
