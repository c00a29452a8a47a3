"""Doors to the rules of countries, and the host's door to confirm them, country by country."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from leeward.audience.requests import Request, member_of
from leeward.journeys.countries import country_name
from leeward.library import actions
from leeward.library.forms import ConfirmForm, checked_value
from leeward.library.guides.reading import ShownRule
from leeward.library.rules import Topic, all_rules, countries_with_rules, rules_of
from leeward.library.standing import LASTS, standings
from leeward.members.doors import host_required


@require_safe
def countries(request: Request) -> HttpResponse:
    """The countries whose rules are known here."""
    return render(request, "guides/countries.html", {"served": _named(served=True), "others": _named(served=False)})


@require_safe
def country(request: Request, code: str) -> HttpResponse:
    """All rules of a country, by what they are about."""
    page = {"country": country_name(code.upper()), "groups": _groups(_code(code))}
    return render(request, "guides/country.html", page)


@require_safe
@host_required
def to_confirm(request: Request) -> HttpResponse:
    """How many rules of each country are confirmed, and which ask to be."""
    rules = all_rules()
    known = standings(rules)
    rows = []
    for code in countries_with_rules():
        its = [known[rule.key] for rule in rules if rule.country == code]
        done = [standing for standing in its if standing.is_confirmed and not standing.is_due]
        rows.append((code, country_name(code), code in settings.COUNTRIES, len(done), len(its)))
    return render(request, "guides/to_confirm.html", {"rows": rows, "lasts_days": LASTS.days})


@require_http_methods(["GET", "HEAD", "POST"])
@host_required
def confirm(request: Request, code: str) -> HttpResponse:
    """The host confirms rules of one country, each exactly as it stands."""
    rules = rules_of(_code(code))
    form = ConfirmForm(request.POST if request.method == "POST" else None, things=rules)
    if form.is_bound and form.is_valid():
        count = actions.confirm(form.checked, by=member_of(request), name=form.cleaned_data["name"])
        messages.success(request, ngettext("%d is confirmed.", "%d are confirmed.", count) % count)
        return redirect("guides:confirm_rules", code)
    page: dict[str, Any] = {
        "form": form,
        "country": country_name(code.upper()),
        "groups": _groups(code.upper()),
        "value_of": checked_value,
        "lasts_days": LASTS.days,
    }
    return render(request, "guides/confirm.html", page)


def _code(code: str) -> str:
    """The code of a country that has rules.

    Raises:
        Http404: none are known of it.
    """
    if code.upper() not in countries_with_rules():
        raise Http404(_("No rules of this country are known here."))
    return code.upper()


def _groups(code: str) -> list[tuple[Topic, list[ShownRule]]]:
    rules = rules_of(code)
    known = standings(rules)
    shown = [ShownRule(rule, known[rule.key]) for rule in rules]
    return [(topic, list(group)) for topic, group in groupby(shown, key=lambda one: one.rule.topic)]


def _named(*, served: bool) -> list[tuple[str, str]]:
    codes = [code for code in countries_with_rules() if (code in settings.COUNTRIES) == served]
    named = [(code.lower(), country_name(code)) for code in codes]
    return named if served else sorted(named, key=lambda pair: pair[1])
