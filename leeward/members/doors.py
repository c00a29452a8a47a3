"""Who may open a door: decorators for views. Who is not signed in is asked to, and what she wrote comes along."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from leeward.members.carrying import carried_by
from leeward.members.forms import ConfirmForm, SignInForm
from leeward.members.models import Member, Passkey
from leeward.members.sessions import is_proven

P = ParamSpec("P")
R = TypeVar("R", bound=Any)  # HttpRequest or a room's own kind of it
View = Callable[Concatenate[R, P], HttpResponseBase]


def signed_in(request: HttpRequest) -> Member:
    """The member who is signed in, behind a door that asked for one.

    Raises:
        PermissionError: nobody is signed in: the door is missing.
    """
    if not isinstance(request.user, Member):
        raise PermissionError("This view needs @member_required.")
    return request.user


def member_required(view: View[R, P]) -> View[R, P]:
    """For members. A stranger is asked to sign in and comes back; what she was sending is carried along."""

    @wraps(view)
    def door(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if isinstance(request.user, Member):
            return view(request, *args, **kwargs)
        return ask_to_sign_in(request)

    return door


def moderator_required(view: View[R, P]) -> View[R, P]:
    """For moderators, unless a decision keeps her from writing herself. To other members the page is not there."""
    return _role_required(view, _moderates)


def keeper_required(view: View[R, P]) -> View[R, P]:
    """For moderators and the host. To other members the page is not there."""
    return _role_required(view, lambda member: _moderates(member) or member.is_host)


def host_required(view: View[R, P]) -> View[R, P]:
    """For the host. To other members the page is not there."""
    return _role_required(view, lambda member: member.is_host)


def greeter_required(view: View[R, P]) -> View[R, P]:
    """For greeters, moderators and the host. To other members the page is not there."""
    return _role_required(view, lambda member: member.may_greet)


def editor_required(view: View[R, P]) -> View[R, P]:
    """For editors of the library and the host. To other members the page is not there."""
    return _role_required(view, lambda member: member.may_edit)


def proof_required(view: View[R, P]) -> View[R, P]:
    """For members who have shown passphrase or passkey in the last ten minutes: for what cannot be undone.

    An open session is not enough: it may be another person who sits before it.
    """

    @wraps(view)
    def door(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, Member):
            return ask_to_sign_in(request)
        if is_proven(request):
            return view(request, *args, **kwargs)
        return ask_for_proof(request)

    return door


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page; or, if something was being sent, show it with a form to sign in and send it on."""
    if request.method != "POST":
        return redirect(f"{reverse('members:sign_in')}?{urlencode({'next': request.get_full_path()})}")
    carried = carried_by(request)
    form = SignInForm(initial={"carried": carried.as_text()})
    return render(request, "members/signed_out.html", {"form": form, "carried": carried}, status=401)


def ask_for_proof(request: HttpRequest) -> HttpResponse:
    """Send to the page that asks for passphrase or passkey; what was being sent comes along."""
    if request.method != "POST":
        return redirect(f"{reverse('members:confirm')}?{urlencode({'next': request.get_full_path()})}")
    form = ConfirmForm(initial={"carried": carried_by(request).as_text()})
    return confirm_page(request, form, status=403)


def confirm_page(request: HttpRequest, form: ConfirmForm, status: int = 200) -> HttpResponse:
    """The page that asks for passphrase or passkey, whichever she has."""
    member = signed_in(request)
    has_passkey = Passkey.objects.filter(member=member).exists()
    context = {"form": form, "has_passkey": has_passkey, "has_passphrase": member.has_usable_password()}
    return render(request, "members/confirm.html", context, status=status)


def _moderates(member: Member) -> bool:
    return member.is_moderator and member.may_write


def _role_required(view: View[R, P], has_role: Callable[[Member], bool]) -> View[R, P]:
    @wraps(view)
    def door(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, Member):
            return ask_to_sign_in(request)
        if not has_role(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    door.is_for = has_role  # type: ignore[attr-defined]  # asked by `unsent.keeps`
    return door
