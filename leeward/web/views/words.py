"""What the place says of itself: what it is, its rules, what it keeps."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from leeward.members.retention import all_rules
from leeward.moderation.rules import rules_in_force, version_at, versions


def about(request: HttpRequest) -> HttpResponse:
    """What this is, who runs it, who reads what is written."""
    return render(request, "web/about.html", {"first_texts": settings.FIRST_TEXTS_READ})


def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: nothing; or, if the host allows it, what is shown to everyone."""
    open_to = "Allow: /stories/\n" if settings.PUBLIC_INDEXING else ""
    return HttpResponse(f"User-agent: *\n{open_to}Disallow: /\n", content_type="text/plain")


def rules(request: HttpRequest) -> HttpResponse:
    """The rules of the house that are in force, and how they came to be."""
    return _rules_page(request, rules_in_force())


def rules_at(request: HttpRequest, number: int) -> HttpResponse:
    """The rules as they stood in one version, with what it changed."""
    return _rules_page(request, number)


def _rules_page(request: HttpRequest, number: int) -> HttpResponse:
    version, all_versions = version_at(number), versions()
    if version is None:
        raise Http404
    is_in_force = number == all_versions[0][0]
    context = {"version": version, "versions": all_versions, "is_in_force": is_in_force}
    return render(request, "web/rules.html", context)


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why, how long, and who could be made to hand it over."""
    return render(request, "web/privacy.html", {"kept": all_rules()})
