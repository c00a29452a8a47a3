"""The whole directory in one piece, from the files that lie ready."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _

from leeward.library.directory.api.answers import may_be_kept, refusal
from leeward.library.directory.api.door import for_programs, is_head, of_the_whole
from leeward.library.directory.api.preparing import export_file, package_file

AT_ONCE = 256 * 1024
_PREPARED_SOON = "600"
_FREE_SOON = "60"
_ACCEPTS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_turn = threading.Lock()
"""One at a time in a process: it works on few requests at once, and who reads slowly must not hold all of them. The
turn is held while pieces are sent, so that an answer that nobody takes holds nothing."""


def _pieces(path: Path, *, unpack: bool) -> Iterator[bytes]:
    has_turn = _turn.acquire(blocking=False)  # two that begin in the same moment both go on
    try:
        with gzip.open(path) if unpack else path.open("rb") as file:
            while piece := file.read(AT_ONCE):
                yield piece
    finally:
        if has_turn:
            _turn.release()


@for_programs(of_the_whole)
def export(request: HttpRequest) -> HttpResponseBase:
    """All records as one list of JSON, packed if whoever asks takes it so."""
    packed = bool(_ACCEPTS_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    response = _sent(request, export_file(), "application/json", unpack=not packed)
    if response.status_code == 200 and packed:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    return response


@for_programs(of_the_whole)
def package(request: HttpRequest) -> HttpResponseBase:
    """All records as a tabular data package."""
    response = _sent(request, package_file(), "application/zip")
    if response.status_code == 200:
        response["Content-Disposition"] = 'attachment; filename="datapackage.zip"'
    return response


def _sent(request: HttpRequest, path: Path, media: str, *, unpack: bool = False) -> HttpResponseBase:
    try:
        status = path.stat()
    except FileNotFoundError:
        words = _("It is being prepared, and is here in a few minutes.")
        return _come_again(refusal(503, words), _PREPARED_SOON)
    tag = f'W/"{status.st_mtime_ns:x}-{status.st_size:x}"'
    found = get_conditional_response(request, etag=tag, last_modified=int(status.st_mtime), response=HttpResponse())
    assert found is not None
    response: HttpResponseBase = found
    if found.status_code == 200:
        if _turn.locked():
            words = _("Somebody else is fetching it. Ask again in a minute.")
            return _come_again(refusal(429, words), _FREE_SOON)
        if not is_head(request):
            response = StreamingHttpResponse(_pieces(path, unpack=unpack))
        response["Content-Type"] = media
        if not unpack:
            response["Content-Length"] = str(status.st_size)
    response["ETag"] = tag
    response["Last-Modified"] = http_date(status.st_mtime)
    may_be_kept(response)
    return response


def _come_again(response: HttpResponse, seconds: str) -> HttpResponse:
    response["Retry-After"] = seconds
    return response
