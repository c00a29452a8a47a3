"""The doors to a member's passkeys."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leeward.members.actions import LastWayIn, remove_passkey
from leeward.members.doors import member_required, proof_required, signed_in
from leeward.members.models import Passkey
from leeward.members.passkeys import PasskeyRefused, check_made, forget_challenge, keep, options_to_make


@require_http_methods(["GET", "HEAD", "POST"])
@proof_required
def passkeys(request: HttpRequest) -> HttpResponse:
    """Her passkeys; a new one is added by POST."""
    if request.method == "POST":
        try:
            keep(signed_in(request), check_made(request, request.POST.get("passkey", "")))
        except PasskeyRefused:
            messages.error(request, _("That passkey could not be added. Please try once more."))
        else:
            forget_challenge(request)
            messages.success(request, _("The passkey is added. It signs you in without your passphrase."))
        return redirect("members:passkeys")
    mine = Passkey.objects.filter(member=signed_in(request)).order_by("pk")
    return render(request, "members/passkeys.html", {"passkeys": mine})


@require_POST
@member_required
def options(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make one more."""
    member = signed_in(request)
    return HttpResponse(options_to_make(request, name=member.name, member=member), content_type="application/json")


@require_POST
@proof_required
def remove(request: HttpRequest, ref: str) -> HttpResponse:
    """Forget one of hers."""
    try:
        if remove_passkey(signed_in(request), ref):
            messages.success(request, _("The passkey is removed. You can also delete it on the device that kept it."))
    except LastWayIn:
        messages.error(request, _("This passkey is your only way in. Please set a passphrase or print codes first."))
    return redirect("members:passkeys")
