"""Who asks the API is nobody: no cookie is read, none is set, and an answer is the same for all."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Door = Callable[[HttpRequest], HttpResponse]

ROOT = "/hsds/"


def nobody_asks(get_response: Door) -> Door:
    """Take from a request to the API what tells who sends it, before anything reads it.

    The browser of a member who follows a link there sends her cookie: it reaches no session. As no answer depends on
    it, nor on the languages that somebody reads, caches between may keep one answer for all.
    """

    def door(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT):
            return get_response(request)
        for name in ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE", "HTTP_AUTHORIZATION"):
            request.META.pop(name, None)
        response = get_response(request)
        depends = [name.strip() for name in response.headers.get("Vary", "").split(",")]
        depends = [name for name in depends if name and name.lower() not in {"cookie", "accept-language"}]
        for header in ("Vary", "Content-Language"):
            response.headers.pop(header, None)
        if depends:
            response["Vary"] = ", ".join(depends)
        return response

    return door
