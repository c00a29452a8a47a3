"""The whole directory in one piece, from the files that lie ready."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

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
"""One at a time in a process: it works on few requests at once, and who reads slowly must not hold all of them."""


class _Sending:
    """The pieces of a file, for whoever's turn it is; the turn ends when the last is sent or nobody listens."""

    def __init__(self, file: BinaryIO, *, unpack: bool) -> None:
        self._file = file
        self._read = gzip.GzipFile(fileobj=file).read if unpack else file.read
        self._ended = False

    def __iter__(self) -> Iterator[bytes]:
        try:
            while piece := self._read(AT_ONCE):
                yield piece
        finally:
            self.close()

    def __del__(self) -> None:
        self.close()  # a server that forgets to end an answer must not end all turns

    def close(self) -> None:
        """End the turn, once."""
        if not self._ended:
            self._ended = True
            self._file.close()
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
        file = path.open("rb")
    except FileNotFoundError:
        words = _("It is being prepared, and is here in a few minutes.")
        return _come_again(refusal(503, words), _PREPARED_SOON)
    status = path.stat()
    tag = f'W/"{status.st_mtime_ns:x}-{status.st_size:x}"'
    found = get_conditional_response(request, etag=tag, last_modified=int(status.st_mtime), response=HttpResponse())
    assert found is not None
    sends = found.status_code == 200 and not is_head(request)
    if sends and not _turn.acquire(blocking=False):
        file.close()
        words = _("Somebody else is fetching it. Ask again in a minute.")
        return _come_again(refusal(429, words), _FREE_SOON)
    response: HttpResponseBase = found
    if sends:
        response = StreamingHttpResponse(_Sending(file, unpack=unpack))
    else:
        file.close()
    if found.status_code == 200:
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
