"""Copies of what she writes, kept by her own browser because she chose so: docs/decisions/0032.

The browser seals them with a key that is kept here and given only to her, signed in; here.js does it. Without the key
they say nothing: it is deleted when she signs out, leaves quickly, or ends a session from afar. On a shared computer
there are none.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponseBase

from leeward.members.models import BrowserKey, Member, today
from leeward.members.retention import rule

KEY = "browser_keys"
"""The row of the retention table."""
_IN_SESSION = "browser_key"


def may_choose(request: HttpRequest) -> bool:
    """Whether this browser may keep anything: she is signed in, and did not say that others use it."""
    return isinstance(request.user, Member) and not request.session.get("shared", False)


def begin(request: HttpRequest) -> BrowserKey:
    """Let this browser keep copies from now on, under a new key.

    Raises:
        PermissionError: nobody is signed in, or others use this computer.
    """
    if not isinstance(request.user, Member) or not may_choose(request):
        raise PermissionError("Nothing is kept in a browser that others use.")
    end(request)
    made = BrowserKey.objects.create(member=request.user, key=base64.b64encode(secrets.token_bytes(32)).decode())
    request.session[_IN_SESSION] = made.ref
    return made


def key_among(request: HttpRequest, refs: Iterable[str]) -> BrowserKey | None:
    """The key of hers among those that this browser names; None if there is none, or others use this computer."""
    if not isinstance(request.user, Member) or not may_choose(request):
        return None
    found = BrowserKey.objects.filter(member=request.user, ref__in=[ref for ref in refs if ref.isalnum()][:20]).first()
    if found is not None and request.session.get(_IN_SESSION) != found.ref:
        request.session[_IN_SESSION] = found.ref  # she has come back in: signing out has to find it
    return found


def end(request: HttpRequest) -> bool:
    """Make what this browser keeps unreadable for good. Call it before the session ends; whether there was a key."""
    ref = request.session.pop(_IN_SESSION, None)
    return ref is not None and BrowserKey.objects.filter(ref=ref).delete()[0] > 0


def end_all_of(member: Member) -> None:
    """Make what any browser of hers keeps unreadable for good."""
    BrowserKey.objects.filter(member=member).delete()


def clear(response: HttpResponseBase, *kinds: str) -> None:
    """Ask the browser to forget what it has stored of this place, besides what its own scripts take away."""
    response["Clear-Site-Data"] = ", ".join(f'"{kind}"' for kind in (*kinds, "storage"))


def throw_away() -> int:
    """Delete the keys that have been kept as long as is promised; how many."""
    return BrowserKey.objects.filter(made_on__lt=today() - rule(KEY).lasts).delete()[0]
