"""Pages are sent compressed, with padding of random length (docs/decisions/0014-pages-are-compressed.md)."""

from __future__ import annotations

import re
import secrets
import struct
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from isal import isal_zlib

Door = Callable[[HttpRequest], HttpResponse]

SMALLEST = 200
"""Bytes; what is shorter would not become smaller."""
PACKED = ("image/jpeg", "application/pdf")
"""Photos and printed books are as small as they get."""
MOST_PADDING = 100
"""Bytes, as Django's own middleware has it, whose place this takes: it compresses as well in a tenth of the time."""
_LEVEL = 2
_RAW = -15
_HEAD = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff"  # gzip, deflated, with a name, of no time, from anywhere
_ACCEPTS = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")


def compressed(get_response: Door) -> Door:
    """Compress what is answered, if the browser takes it so. What is streamed, or small already, goes as it is."""

    def door(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.streaming or len(response.content) < SMALLEST or response.has_header("Content-Encoding"):
            return response
        if response.headers.get("Content-Type", "").startswith(PACKED):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if not _ACCEPTS.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return response
        smaller = gzipped(response.content)
        if len(smaller) < len(response.content):
            response.content = smaller
            response["Content-Length"] = str(len(smaller))
            response["Content-Encoding"] = "gzip"
        return response

    return door


def gzipped(content: bytes) -> bytes:
    """As gzip, with a name of random length in its head: the length of the whole betrays nothing of its words."""
    padding = b"a" * secrets.randbelow(MOST_PADDING + 1)
    tail = struct.pack("<II", isal_zlib.crc32(content), len(content) & 0xFFFFFFFF)
    return _HEAD + padding + b"\0" + isal_zlib.compress(content, _LEVEL, _RAW) + tail
