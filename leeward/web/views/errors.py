"""What is shown when something did not work. Each says whose fault it is not, and loses nothing that was written."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string

from leeward.members.carrying import carried_by
from leeward.members.doors import ask_to_sign_in
from leeward.members.models import Member
from leeward.members.unsent import keeps

_SECRET = re.compile(r"pass|secret|code|token|key|credential|stamp|csrf", re.IGNORECASE)
"""Names of fields that are never shown again, whatever they hold."""
_CLOSED_ROOM = "members"
"""The room whose forms ask for secrets; nothing posted to it is shown again."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what arrived could not be read."""
    return render(request, "web/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this person may not do this. What she may not see is a 404."""
    return render(request, "web/403.html", _her_words(request), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not for her; the two look the same."""
    return render(request, "web/404.html", _her_words(request), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: shown without asking the database or the session, since they may be what broke."""
    context = {"language": settings.LANGUAGE_CODE, "written": written_in(request)}
    return HttpResponse(render_to_string("web/500.html", context), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that we cannot trust: shows what was written, to be copied.

    If the browser says that it came from a page of ours, only that page is too old: then it can be sent on, by her who
    is signed in now, or after signing in. A form on another site never gets this far: whoever wrote it could let her
    send it on with one press.
    """
    written = written_in(request)
    if written and request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}":
        if not isinstance(request.user, Member):
            return ask_to_sign_in(request)
        return render(request, "web/csrf.html", {"carried": carried_by(request)}, status=403)
    return render(request, "web/csrf.html", {"written": written}, status=403)


def _her_words(request: HttpRequest) -> dict[str, Any]:
    """What she was sending, and whether it is kept for her besides."""
    member = getattr(request, "user", None)
    kept = isinstance(member, Member) and keeps(request.path, member)
    return {"written": written_in(request), "kept": kept}


def written_in(request: HttpRequest) -> list[tuple[str, str]]:
    """The texts of a posted form as (a readable name, the text), without secrets, choices and empty fields."""
    if request.resolver_match and request.resolver_match.app_name == _CLOSED_ROOM:
        return []
    try:
        posted = list(request.POST.lists())
    except (UnreadablePostError, RequestDataTooBig, TooManyFieldsSent):
        return []
    return [
        (name.replace("_", " ").capitalize(), text)
        for name, values in posted
        if not _SECRET.search(name)
        for text in values
        if len(text.split()) > 1
    ]
