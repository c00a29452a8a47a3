"""The doors to a member's own page and to how she signs in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leeward.members import browser_copies, hub
from leeward.members.actions import NameTaken, change_name, change_passphrase
from leeward.members.carrying import local_path
from leeward.members.codes import make_codes, unused_codes
from leeward.members.doors import member_required, proof_required, signed_in
from leeward.members.forms import NameForm, PassphraseForm, name_is_taken
from leeward.members.limits import JOIN, TooMany, try_door
from leeward.members.sessions import end, end_all, end_others, is_this_one, keep_only_this, sessions_of
from leeward.members.waiting import wait_words


@member_required
def me(request: HttpRequest) -> HttpResponse:
    """The ways to everything that is hers."""
    member = signed_in(request)
    context = {
        "rooms": hub.entries_of_rooms(member),
        "account": hub.entries_of_account(member),
        "hers": hub.entries_of_hers(),
        "no_codes": not unused_codes(member),
    }
    return render(request, "members/me.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@proof_required
def codes(request: HttpRequest) -> HttpResponse:
    """Make the printed codes. They are in this one answer and nowhere else."""
    member = signed_in(request)
    made = make_codes(member) if request.method == "POST" else []
    context = {
        "codes": made,
        "left": unused_codes(member),
        "joined": request.GET.get("joined") == "1",
        "onwards": local_path(request.GET.get("next"), reverse("journeys:welcome")),
    }
    return render(request, "members/codes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where she is signed in; each can be ended, or all."""
    member = signed_in(request)
    if request.method == "POST":
        return _end_sessions(request)
    rows = [(session, is_this_one(request, session)) for session in sessions_of(member)]
    return render(request, "members/sessions.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@proof_required
def passphrase(request: HttpRequest) -> HttpResponse:
    """Set another passphrase; every other session ends."""
    member = signed_in(request)
    form = PassphraseForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        change_passphrase(member, form.cleaned_data["passphrase"])
        keep_only_this(request, member)
        messages.success(request, _("Your new passphrase is set. You are signed in here and nowhere else."))
        return redirect("members:me")
    return render(request, "members/passphrase.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def name(request: HttpRequest) -> HttpResponse:
    """Change the name that others see."""
    member = signed_in(request)
    form = NameForm(request.POST if request.method == "POST" else None, member=member, initial={"name": member.name})
    if request.method == "POST" and member.may_write and _has_renamed(request, form):
        messages.success(request, _("Your name here is changed. What you signed before now shows it too."))
        return redirect("members:me")
    return render(request, "members/name.html", {"form": form})


def _has_renamed(request: HttpRequest, form: NameForm) -> bool:
    member = signed_in(request)
    try:
        try_door(JOIN, request, member.ref)
        if form.is_valid():
            change_name(member, form.cleaned_data["name"])
            return True
    except TooMany as too_many:
        form.make_wait(wait_words(too_many))
    except NameTaken:
        form.add_error("name", name_is_taken())
    return False


def _end_sessions(request: HttpRequest) -> HttpResponse:
    member, which = signed_in(request), request.POST.get("end", "")
    if which == "everywhere":
        end_all(member)
        logout(request)
        response = redirect("web:home")
        browser_copies.clear(response)
        return response
    if which == "others":
        end_others(request, member)
        messages.success(request, _("You are signed in here and nowhere else."))
    elif which.isalnum() and end(member, which):  # PostgreSQL refuses to look for some signs
        messages.success(request, _("That browser is signed out."))
    return redirect("members:sessions")
