"""Doors to the report of each year."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leeward.audience.requests import Request, member_of
from leeward.members.doors import host_required
from leeward.moderation.actions.papers import write_text
from leeward.moderation.forms.papers import RoleForm
from leeward.moderation.papers.publishing import Published, key_of, published, published_years
from leeward.moderation.papers.transparency import as_csv, report, sections, years

CSV = "text/csv; charset=utf-8"


@require_safe
@host_required
def all_years(request: Request) -> HttpResponse:
    """The years of which there is a report."""
    lines = [(year, year in published_years()) for year in years()]
    return render(request, "moderation/papers/years.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@host_required
def year(request: Request, year: int) -> HttpResponse:
    """The report of a year as it would be published; and to publish it, once the year is over."""
    rows, is_over = report(_known(year)), year < timezone.localdate().year
    form = RoleForm(request.POST if request.method == "POST" and is_over else None)
    if form.is_bound and form.is_valid():
        write_text(key_of(year), as_csv(rows), by=member_of(request), role=form.cleaned_data["role"])
        messages.success(request, _("Published, exactly as it stands here."))
        return redirect("moderation:published_year", year)
    context = {
        "year": year,
        "sections": sections(rows),
        "is_over": is_over,
        "form": form,
        "published": published(year),
    }
    return render(request, "moderation/papers/year.html", context)


@require_safe
@host_required
def year_csv(request: Request, year: int) -> HttpResponse:
    """The same for programs."""
    return _download(as_csv(report(_known(year))), year)


@require_safe
def published_all(request: Request) -> HttpResponse:
    """The reports that the host has published."""
    return render(request, "moderation/papers/published_all.html", {"years": published_years()})


@require_safe
def published_year(request: Request, year: int) -> HttpResponse:
    """A report as it was published."""
    found = _published(year)
    context = {"report": found, "sections": sections(found.rows)}
    return render(request, "moderation/papers/published.html", context)


@require_safe
def published_csv(request: Request, year: int) -> HttpResponse:
    """The same for programs."""
    return _download(_published(year).csv, year)


def _known(year: int) -> int:
    if year not in years():
        raise Http404
    return year


def _published(year: int) -> Published:
    found = published(year)
    if found is None:
        raise Http404
    return found


def _download(text: str, year: int) -> HttpResponse:
    name = f"transparency-{year}.csv"
    return HttpResponse(text, content_type=CSV, headers={"Content-Disposition": f'attachment; filename="{name}"'})
