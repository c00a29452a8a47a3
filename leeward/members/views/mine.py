"""The doors to what is hers to decide: agreements, letters, a copy of everything, leaving."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leeward.members import browser_copies
from leeward.members.actions import LinkRefused, ask_for_email, email_in, keep_email
from leeward.members.belongings import Farewell
from leeward.members.consent_words import CONSENTS, words_for
from leeward.members.consents import give, has_consented, in_force, withdraw
from leeward.members.doors import member_required, proof_required, signed_in
from leeward.members.export import FILE_NAME, copy_of
from leeward.members.forms import EmailForm, LeaveForm
from leeward.members.leaving import item_pages
from leeward.members.leaving import leave as leave_for_good
from leeward.members.limits import LETTER, TooMany, try_door
from leeward.members.models import Purpose
from leeward.members.waiting import wait_words

_WAYS = {"everything": Farewell.TAKE_ALL, "words-stay": Farewell.LEAVE_WORDS}


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def consents(request: HttpRequest) -> HttpResponse:
    """What she agreed to, each on its own; she agrees by POST."""
    member = signed_in(request)
    if request.method == "POST":
        give(member, _purpose(request.POST.get("purpose", "")))
        messages.success(request, _("Kept. You can take it back here at any time."))
        return redirect("members:consents")
    given = in_force(member)
    rows = [(words, given.get(words.purpose)) for words in CONSENTS]
    return render(request, "members/consents.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def take_consent_back(request: HttpRequest, purpose: str) -> HttpResponse:
    """Say what taking it back does; then do it."""
    which = _purpose(purpose)
    member = signed_in(request)
    if request.method == "POST":
        withdraw(member, which)
        messages.success(request, _("Taken back."))
        return redirect("members:consents")
    if not has_consented(member, which):
        return redirect("members:consents")
    return render(request, "members/take_consent_back.html", {"words": words_for(which)})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def email(request: HttpRequest) -> HttpResponse:
    """Where letters go. An address is kept only once the link that was sent to it has been opened."""
    member = signed_in(request)
    if not (settings.LETTERS_ON or member.email):
        raise Http404
    form = EmailForm(request.POST or None, initial={"email": member.email})
    if request.method == "POST" and form.is_valid() and _has_taken_email(request, form):
        return redirect("members:me")
    return render(request, "members/email.html", {"form": form, "letters_on": settings.LETTERS_ON})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def email_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the link in a letter: keeps the address by POST."""
    member = signed_in(request)
    try:
        address = email_in(member, token)
    except LinkRefused:
        messages.error(request, _("This link is too old or not yours. Please give the address once more."))
        return redirect("members:email" if settings.LETTERS_ON or member.email else "members:me")
    if request.method == "POST":
        keep_email(member, address)
        messages.success(request, _("Letters now go to this address."))
        return redirect("members:me")
    return render(request, "members/email_link.html", {"address": address})


@require_http_methods(["GET", "HEAD", "POST"])
@proof_required
def export(request: HttpRequest) -> HttpResponseBase:
    """A copy of everything of hers; made by POST."""
    if request.method == "POST":
        return FileResponse(copy_of(signed_in(request)), as_attachment=True, filename=FILE_NAME)
    return render(request, "members/export.html")


@member_required
def leave(request: HttpRequest) -> HttpResponse:
    """The three ways to leave, and what others will see of each."""
    return render(request, "members/leave.html", {"item_pages": item_pages()})


@require_http_methods(["GET", "HEAD", "POST"])
@proof_required
def leave_now(request: HttpRequest, how: str) -> HttpResponse:
    """Ask once more; then erase, for good."""
    farewell = _WAYS.get(how)
    if farewell is None:
        raise Http404
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        leave_for_good(signed_in(request), farewell)
        logout(request)
        response = redirect("members:left")
        browser_copies.clear(response)
        return response
    return render(request, "members/leave_now.html", {"form": form, "words_stay": farewell is Farewell.LEAVE_WORDS})


def left(request: HttpRequest) -> HttpResponse:
    """That it is done."""
    return render(request, "members/left.html")


def _purpose(value: str) -> Purpose:
    try:
        return Purpose(value)
    except ValueError as unknown:
        raise Http404 from unknown


def _has_taken_email(request: HttpRequest, form: EmailForm) -> bool:
    """Whether the address is taken away, or a letter with a link is on its way; if not, the form says why."""
    member, address = signed_in(request), form.cleaned_data["email"]
    if not address:
        keep_email(member, "")
        messages.success(request, _("No letters are sent to you, and no address is kept."))
        return True
    if not settings.LETTERS_ON:
        form.add_error("email", _("This place sends no letters at present. You can take your address away here."))
        return False
    try:
        try_door(LETTER, request, member.ref)
        ask_for_email(member, address)
    except TooMany as too_many:
        form.add_error(None, wait_words(too_many))
        return False
    except OSError:
        form.add_error(None, _("The letter could not be sent just now. Please try again later."))
        return False
    messages.success(request, _("A letter is on its way. Open the link in it within a day, and letters go there."))
    return True
