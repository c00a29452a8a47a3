"""The doors to words that were begun and not sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leeward.members import browser_copies, unsent
from leeward.members.carrying import local_path
from leeward.members.doors import member_required, signed_in
from leeward.members.models import BrowserKey, Member


@require_POST
def keep(request: HttpRequest) -> JsonResponse:
    """Keep what she writes while she writes it (called by keep.js; every page works without)."""
    if not isinstance(request.user, Member):
        return JsonResponse({"message": _("You were signed out. Your words are still here.")}, status=403)
    to, page = _said(request, "to"), local_path(_said(request, "page"), reverse("members:unsent"))
    if not unsent.keeps(to, request.user):
        return JsonResponse({"message": _("Not kept yet. Your words are still here.")}, status=400)
    fields, stamp = unsent.fields_sent(request, to), unsent.stamp_of(request)
    try:
        kept = unsent.keep_unsent(request.user, to, page=page[:200], fields=fields, stamp=stamp)
    except unsent.KeptElsewhere:
        words = _("You wrote, sent or put away other words here, in another tab. Nothing was overwritten.")
        return JsonResponse({"message": words}, status=409)
    except unsent.TooMuchKept:
        words = _("Not kept: there is no room for more that is not sent. Your words are still here.")
        return JsonResponse({"message": words}, status=400)
    return JsonResponse({"unsent": kept})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def begun(request: HttpRequest) -> HttpResponse:
    """All that she began and has not sent; each can be put away, by POST."""
    member = signed_in(request)
    if request.method == "POST":
        unsent.put_away(member, _said(request, "to"))
        messages.success(request, _("Put away."))
        return redirect(local_path(request.POST.get("next"), reverse("members:unsent")))
    rows = [(row, unsent.words_among(row.fields, unsent.words_at(row.to))) for row in unsent.unsent_of(member)]
    return render(request, "members/unsent.html", {"rows": rows})


@require_POST
def here(request: HttpRequest) -> JsonResponse:
    """Give her own browser the key of the copies that it keeps (called by here.js), begin with them, or end them."""
    if not browser_copies.may_choose(request):
        return JsonResponse({}, status=403)
    choice = request.POST.get("choice", "")
    if choice == "end":
        browser_copies.end(request)
        return JsonResponse({})
    if choice == "begin":
        key: BrowserKey | None = browser_copies.begin(request)
    else:
        key = browser_copies.key_among(request, request.POST.getlist("ref"))
    return JsonResponse({"ref": key.ref, "key": key.key} if key else {})


def _said(request: HttpRequest, name: str) -> str:
    return unsent.without_nul(request.POST.get(name, ""))
