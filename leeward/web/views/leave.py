"""The doors of *Leave this page*: the way out, and the page that says beforehand what it can and cannot do."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.messages import get_messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leeward.audience.requests import Request
from leeward.members import browser_copies

KEEPS = "leaving_keeps_me_signed_in"
"""The session's word for "do not sign me out when I leave quickly". It ends with the session."""


@csrf_exempt
def leave(request: Request) -> HttpResponse:
    """Send whoever asks to the neutral site, by GET or POST; end the session unless its member chose otherwise.

    What this browser keeps of what she wrote ends in any case.

    A GET that signs out is meant: the way out must be a plain link that works at once, in every browser, from a page
    that is hours old. The worst that a stranger's link to it can do is to sign somebody out, and to end what only her
    browser keeps.
    """
    for _message in get_messages(request):
        pass  # read, and so gone: no message waits for whoever opens the place next
    keeps, had_copies = request.session.get(KEEPS, False), browser_copies.end(request)
    if not keeps:
        logout(request)
    response = HttpResponseRedirect(settings.LEAVE_TO)
    if had_copies:
        browser_copies.clear(response)
    response["Referrer-Policy"] = "no-referrer"
    if not keeps:
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def about_leaving(request: Request) -> HttpResponse:
    """Say what leaving quickly does and cannot do; a member may choose that it keeps her signed in on this device."""
    may_choose = request.user.is_authenticated and not request.session.get("shared", False)
    if request.method == "POST":
        if may_choose:
            request.session[KEEPS] = request.POST.get("keeps") == "yes"
        return redirect("web:about_leaving")
    keeps = request.session.get(KEEPS, False)
    site = urlsplit(settings.LEAVE_TO).hostname
    return render(request, "web/leave_about.html", {"keeps": keeps, "may_choose": may_choose, "site": site})
