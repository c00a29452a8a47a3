"""Help pages go as small as they can be: they hold no secret whose length could tell anything, so nothing is padded.

Every other page is packed in `leeward.web.compression`, which leaves alone what is packed already.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from functools import lru_cache, wraps

import brotli
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from leeward.audience.requests import Request

_KEPT = 128
"""Packed pages that a process keeps. One changes once a minute, so the slow and best way of packing is taken."""
_NOT_REFUSED = r"\s*(?!;\s*q=0(?:\.0*)?\s*(?:,|$))"
_TAKES_BROTLI, _TAKES_GZIP = (re.compile(rf"\b{name}\b{_NOT_REFUSED}") for name in ("br", "gzip"))


def packed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a door answer packed, in the best way that the browser takes."""

    @wraps(view)
    def door(request: Request, **parts: str) -> HttpResponse:
        response = view(request, **parts)
        patch_vary_headers(response, ("Accept-Encoding",))
        takes = request.headers.get("Accept-Encoding", "")
        if _TAKES_BROTLI.search(takes):
            response.content, response["Content-Encoding"] = _in_brotli(response.content), "br"
        elif _TAKES_GZIP.search(takes):
            response.content, response["Content-Encoding"] = _in_gzip(response.content), "gzip"
        return response

    return door


@lru_cache(_KEPT)
def _in_brotli(content: bytes) -> bytes:
    packed_content: bytes = brotli.compress(content)
    return packed_content


@lru_cache(_KEPT)
def _in_gzip(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
