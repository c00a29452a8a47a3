"""The doors by which a member comes in, comes back, and goes for today."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from leeward.members import browser_copies
from leeward.members.actions import recover
from leeward.members.carrying import from_text, local_path
from leeward.members.codes import CodeUnknown, CodeUsed, unused_codes
from leeward.members.doors import confirm_page, member_required, signed_in
from leeward.members.forms import ConfirmForm, RecoverForm, SignInForm
from leeward.members.limits import CONFIRM, PASSKEY, RECOVER, SIGN_IN, TooMany, try_door
from leeward.members.models import Member
from leeward.members.passkeys import PasskeyRefused, check_shown, options_to_show
from leeward.members.sessions import begin, end_all, note_proof
from leeward.members.waiting import wait_words


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with name and passphrase, or with a passkey."""
    if request.method != "POST" and isinstance(request.user, Member):
        return redirect(local_path(request.GET.get("next"), reverse("web:home")))
    form = SignInForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if request.method == "POST" and form.is_valid():
        member = _who(request, form)
        if member is not None:
            begin(request, member, shared=form.cleaned_data["shared"])
            return _onwards(request, form)
    carried = from_text(form.data.get("carried", ""))
    template = "members/signed_out.html" if carried else "members/sign_in.html"
    return render(request, template, {"form": form, "carried": carried})


@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser needs to show a passkey. The same for everyone: it names nobody."""
    return HttpResponse(options_to_show(request), content_type="application/json")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session, and ask the browser to forget: all of this place if it is shared, else the copies it keeps."""
    shared, had_copies = bool(request.session.get("shared")), browser_copies.end(request)
    logout(request)
    response = redirect("web:home")
    if shared:
        browser_copies.clear(response, "cache")
    elif had_copies:
        browser_copies.clear(response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def recover_door(request: HttpRequest) -> HttpResponse:
    """Come back in with a printed code, and set a new passphrase."""
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        member = _recovered(request, form)
        if member is not None:
            end_all(member)  # whoever else is in with the old passphrase is out
            begin(request, member, shared=form.cleaned_data["shared"])
            messages.success(request, _left_words(unused_codes(member)))
            return redirect("members:me")
    return render(request, "members/recover.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for passphrase or passkey once more, before what cannot be undone."""
    form = ConfirmForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if request.method == "POST" and form.is_valid() and _is_she(request, form):
        note_proof(request)
        return _onwards(request, form)
    return confirm_page(request, form)


def _who(request: HttpRequest, form: SignInForm) -> Member | None:
    """Who signs in; None if it did not work (then the form says why)."""
    sent = form.cleaned_data
    try:
        if sent["passkey"]:
            one_try = try_door(PASSKEY, request)
            found: object = check_shown(request, sent["passkey"])
        else:
            one_try = try_door(SIGN_IN, request, sent["name"])
            found = authenticate(request, name=sent["name"], passphrase=sent["passphrase"])
    except TooMany as too_many:
        form.add_error(None, wait_words(too_many))
        return None
    except PasskeyRefused:
        form.add_error(None, _("This passkey is not known here, or its moment has passed. Please try once more."))
        return None
    if not isinstance(found, Member):
        form.add_error(None, _("This name and this passphrase do not go together. Please look at both again."))
        return None
    one_try.forget()
    return found


def _is_she(request: HttpRequest, form: ConfirmForm) -> bool:
    """Whether the signed-in member has shown that it is she; if not, the form says why."""
    member, sent = signed_in(request), form.cleaned_data
    try:
        one_try = try_door(CONFIRM, request, member.name)
        if sent["passkey"]:
            right = check_shown(request, sent["passkey"]) == member
        else:
            right = member.check_password(sent["passphrase"])
    except TooMany as too_many:
        form.add_error(None, wait_words(too_many))
        return False
    except PasskeyRefused:
        right = False
    if right:
        one_try.forget()
    elif sent["passkey"]:
        form.add_error(None, _("This passkey is not one of yours here. Please try once more."))
    else:
        form.add_error("passphrase", _("This is not your passphrase. Please try once more."))
    return right


def _recovered(request: HttpRequest, form: RecoverForm) -> Member | None:
    sent = form.cleaned_data
    try:
        one_try = try_door(RECOVER, request, sent["name"])
        member = recover(name=sent["name"], code=sent["code"], passphrase=sent["passphrase"])
    except TooMany as too_many:
        form.add_error(None, wait_words(too_many))
    except CodeUsed:
        form.add_error("code", _("This code was used before; each is good once. Please take another from your list."))
    except CodeUnknown:
        form.add_error("code", _("This name and this code do not go together. Please look at both again."))
    else:
        one_try.forget()
        return member
    return None


def _onwards(request: HttpRequest, form: SignInForm | ConfirmForm) -> HttpResponse:
    """To where she was going; or to the page from which what she was sending is sent on."""
    carried = from_text(form.cleaned_data["carried"])
    if carried is None:
        return redirect(local_path(form.cleaned_data["next"], reverse("web:home")))
    if carried.had_secret:
        return redirect(carried.to)
    return render(request, "members/send_again.html", {"carried": carried})


def _left_words(left: int) -> str:
    return ngettext(
        "Your new passphrase is set, and you are signed in here only. %(left)s printed code is left.",
        "Your new passphrase is set, and you are signed in here only. %(left)s printed codes are left.",
        left,
    ) % {"left": left}
