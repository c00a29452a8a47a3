"""The door by which a person becomes a member."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leeward.members.actions import NameTaken, join
from leeward.members.carrying import local_path
from leeward.members.forms import JoinForm, NameField, name_is_taken
from leeward.members.limits import JOIN, TooMany, try_door
from leeward.members.models import Member
from leeward.members.names import LONGEST, key_of
from leeward.members.pace import JOINING, keep_pace_of_the_place
from leeward.members.passkeys import PasskeyRefused, check_made, forget_challenge, options_to_make
from leeward.members.sessions import begin
from leeward.members.waiting import wait_words


@require_http_methods(["GET", "HEAD", "POST"])
def join_door(request: HttpRequest) -> HttpResponse:
    """Join with a chosen name and a passphrase or a passkey."""
    if isinstance(request.user, Member):
        return redirect("members:me")
    form = JoinForm(request.POST if request.method == "POST" else None, initial={"next": request.GET.get("next", "")})
    if request.method == "POST":
        member = _joined(request, form)
        if member is not None:
            begin(request, member, shared=form.cleaned_data["shared"])
            onwards = {"joined": "1", "next": local_path(form.cleaned_data["next"], "")}
            return redirect(f"{reverse('members:codes')}?{urlencode(onwards)}")
    return render(request, "members/join.html", {"form": form})


@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a passkey for the name that was typed; or what is the matter with the name."""
    try:
        try_door(JOIN, request)
    except TooMany as too_many:
        return JsonResponse({"error": wait_words(too_many)}, status=429)
    field = JoinForm().fields["name"]
    assert isinstance(field, NameField)
    try:
        name = field.clean(request.POST.get("name", "")[: LONGEST + 1])
    except ValidationError as wrong:
        return JsonResponse({"error": " ".join(wrong.messages)}, status=400)
    if Member.objects.filter(name_key=key_of(name)).exists():
        return JsonResponse({"error": name_is_taken()}, status=400)
    return HttpResponse(options_to_make(request, name=name), content_type="application/json")


def _joined(request: HttpRequest, form: JoinForm) -> Member | None:
    """The new member; None if something on the form needs another look (then the form says what)."""
    try:
        try_door(JOIN, request)
        if not form.is_valid():
            return None
        place = keep_pace_of_the_place(JOINING)
    except TooMany as too_many:
        form.make_wait(wait_words(too_many))
        return None
    member = _made(request, form)
    if member is None:
        place.forget()
    return member


def _made(request: HttpRequest, form: JoinForm) -> Member | None:
    answer = form.cleaned_data["passkey"]
    try:
        passkey = check_made(request, answer) if answer else None
        member = join(name=form.cleaned_data["name"], passphrase=form.cleaned_data["passphrase"], passkey=passkey)
    except PasskeyRefused:
        form.data = request.POST.copy()  # without the passkey, so that the next try makes a new one
        form.data["passkey"] = ""
        form.add_error(None, _("The passkey could not be used. Please make it once more, or choose a passphrase."))
        return None
    except NameTaken:
        form.add_error("name", name_is_taken())
        return None
    forget_challenge(request)
    return member
