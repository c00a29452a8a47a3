"""What the place says of itself: what it is, its rules, what it keeps."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leeward.members.retention import all_rules
from leeward.moderation.rules import RULES


def about(request: HttpRequest) -> HttpResponse:
    """What this is, who runs it, who reads what is written."""
    return render(request, "web/about.html", {"first_texts": settings.FIRST_TEXTS_READ})


def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: nothing; or, if the host allows it, what is shown to everyone."""
    open_to = "Allow: /stories/\n" if settings.PUBLIC_INDEXING else ""
    return HttpResponse(f"User-agent: *\n{open_to}Disallow: /\n", content_type="text/plain")


def rules(request: HttpRequest) -> HttpResponse:
    """The rules of the house."""
    return render(request, "web/rules.html", {"rules": RULES})


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why, how long, and who could be made to hand it over."""
    return render(request, "web/privacy.html", {"kept": all_rules()})
