"""The one door of the API: who may ask how often, by which method; then what was asked is looked for.

Everything that is answered here is JSON, refusals too. django-ninja is read when somebody asks for the first time.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache, wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RoutePattern
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from leeward.library.directory.api.answers import refusal
from leeward.members.limits import Door, TooMany, try_door

METHODS = "GET, HEAD, OPTIONS"
SEEN = "ETag, Last-Modified, Retry-After"
"""What scripts of other sites may read of an answer's head, besides what they always may."""

View = Callable[..., HttpResponseBase]


def for_programs(rate: Callable[[], Door]) -> Callable[[View], View]:
    """What is asked for by programs: read alone, by anybody, on any site, as often as the rate allows.

    Args:
        rate: how often from one address; asked each time.
    """

    def around(view: View) -> View:
        @csrf_exempt  # nothing can be sent here: whoever tries is told so
        @wraps(view)
        def door(request: HttpRequest, *args: str, **more: str) -> HttpResponseBase:
            response = _answered(view, rate, request, *args, **more)
            response["Access-Control-Allow-Origin"] = "*"  # it is everybody's, and no cookie is read
            response["Access-Control-Expose-Headers"] = SEEN
            return response

        return door

    return around


def _answered(view: View, rate: Callable[[], Door], request: HttpRequest, *args: str, **more: str) -> HttpResponseBase:
    if not settings.SERVICES_API_RATE:
        return refusal(404, _("This place does not give its directory out."))
    if request.method == "OPTIONS":
        return _told_how()
    if request.method not in {"GET", "HEAD"}:
        response = refusal(405, _("This can only be read."))
        response["Allow"] = METHODS
        return response
    try:
        try_door(rate(), request)
    except TooMany as many:
        return _later(refusal(429, _("Too many questions from one address. Ask again a little later.")), many.minutes)
    request.method = "GET"
    answer = view(request, *args, **more)
    return _headed(answer) if is_head(request) else answer


def ask(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """Answer by the path below the root of the API."""
    try:
        found = _paths().resolve(rest)
    except Resolver404:
        return refusal(404, _("There is no such path. /hsds/openapi.json names all that there are."))
    answer: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
    return answer


def _told_how() -> HttpResponse:
    """What a browser asks before a script of another site may ask."""
    response = HttpResponse(status=204)
    response["Allow"] = METHODS
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _later(response: HttpResponse, minutes: int) -> HttpResponse:
    response["Retry-After"] = str(minutes * 60)
    return response


def _headed(response: HttpResponseBase) -> HttpResponseBase:
    """The head alone, with the length that the body would have."""
    if isinstance(response, HttpResponse):
        response.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    return response


def is_head(request: HttpRequest) -> bool:
    """Whether the head alone was asked for; by its method a view takes it for any other."""
    return bool(request.META["REQUEST_METHOD"] == "HEAD")


@cache
def _paths() -> URLResolver:
    from leeward.library.directory.api.endpoints import api  # noqa: PLC0415  # 13 MiB, for those who are asked

    return URLResolver(RoutePattern(""), api.urls[0])


def of_the_api() -> Door:
    """How often one address may ask: so many times a minute as the host says."""
    most = settings.SERVICES_API_RATE
    return Door("hsds", most, most, datetime.timedelta(minutes=1))


def of_the_whole() -> Door:
    """How often one address may fetch the whole directory."""
    return Door("hsds_whole", 6, 6, datetime.timedelta(hours=1))


api = for_programs(of_the_api)(ask)
