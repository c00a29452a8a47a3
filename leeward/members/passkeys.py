"""Passkeys: made on her device, checked here (WebAuthn level 2, with the library py_webauthn).

A passkey alone signs a member in, so it must be one that asks for the device's own lock (user verification) and that
the device finds without being told a name (discoverable). The address it belongs to is the host of the request, which
Django has checked against ALLOWED_HOSTS. A challenge is good for one answer and for ten minutes.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass

import webauthn
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.http.request import split_domain_port
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from leeward.kit.refs import random_ref
from leeward.members.devices import label_of
from leeward.members.models import Member, Passkey

_CHALLENGE = "passkey_challenge"
_CHALLENGE_LASTS = 600  # seconds
_TIMEOUT = 300_000  # milliseconds for the person; the browser may give less
_BASE64URL = re.compile(r"[\w-]{1,1400}", re.ASCII)
_LONGEST = 20_000  # characters of an answer; real ones have about 1,000


class PasskeyRefused(Exception):
    """What the browser sent does not prove anything: too old, for another place, made up, or not known here."""


@dataclass(frozen=True)
class NewPasskey:
    """A passkey that has just been made and checked, not yet anybody's.

    Args:
        member_ref: the `ref` that the device keeps as its member's.
    """

    member_ref: str
    credential: str
    public_key: bytes
    sign_count: int
    label: str


def options_to_make(request: HttpRequest, *, name: str, member: Member | None = None) -> str:
    """What the browser needs to make a passkey, as JSON; remembers the challenge.

    Args:
        request: hers.
        name: the chosen name: the device shows it in its own list of passkeys.
        member: whose it becomes; None for one who is joining.
    """
    ref = member.ref if member else random_ref()
    held = Passkey.objects.filter(member=member) if member else Passkey.objects.none()
    options = webauthn.generate_registration_options(
        rp_id=_rp_id(request),
        rp_name=settings.PLACE_NAME,
        user_id=ref.encode(),
        user_name=name,
        timeout=_TIMEOUT,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(base64url_to_bytes(key.credential)) for key in held],
    )
    _remember(request, options.challenge, ref)
    return webauthn.options_to_json(options)


def options_to_show(request: HttpRequest) -> str:
    """What the browser needs to show a passkey, as JSON; remembers the challenge. It names nobody."""
    options = webauthn.generate_authentication_options(
        rp_id=_rp_id(request), timeout=_TIMEOUT, user_verification=UserVerificationRequirement.REQUIRED
    )
    _remember(request, options.challenge, "")
    return webauthn.options_to_json(options)


def check_made(request: HttpRequest, answer: str) -> NewPasskey:
    """A passkey that the browser says it has made. Its challenge stays until `forget_challenge`.

    It stays because the form around it may have another mistake and come again.

    Raises:
        PasskeyRefused: it cannot be relied on.
    """
    challenge, ref = _remembered(request)
    try:
        made = webauthn.verify_registration_response(
            credential=_as_dict(answer),
            expected_challenge=challenge,
            expected_rp_id=_rp_id(request),
            expected_origin=_origin(request),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise PasskeyRefused from wrong
    label = label_of(request.headers.get("User-Agent", ""))
    credential = bytes_to_base64url(made.credential_id)
    return NewPasskey(ref, credential, made.credential_public_key, made.sign_count, label)


def check_shown(request: HttpRequest, answer: str) -> Member:
    """The member whose passkey the browser has shown.

    Raises:
        PasskeyRefused: it is not known here, or proves nothing.
    """
    challenge, _ = _remembered(request)
    forget_challenge(request)
    sent = _as_dict(answer)
    credential = str(sent.get("id", ""))
    if not _BASE64URL.fullmatch(credential):  # what is not ours to begin with is not asked of the database
        raise PasskeyRefused
    passkey = Passkey.objects.select_related("member").filter(credential=credential).first()
    if passkey is None or not passkey.member.is_active:
        raise PasskeyRefused
    try:
        shown = webauthn.verify_authentication_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=_rp_id(request),
            expected_origin=_origin(request),
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise PasskeyRefused from wrong
    Passkey.objects.filter(pk=passkey.pk).update(sign_count=shown.new_sign_count)
    return passkey.member


def keep(member: Member, made: NewPasskey) -> Passkey:
    """Keep a checked passkey as this member's.

    Raises:
        PasskeyRefused: it is somebody's already, or was made for somebody else.
    """
    if made.member_ref != member.ref:
        raise PasskeyRefused
    try:
        with transaction.atomic():
            return Passkey.objects.create(
                member=member,
                credential=made.credential,
                public_key=made.public_key,
                sign_count=made.sign_count,
                label=made.label,
            )
    except IntegrityError as taken:
        raise PasskeyRefused from taken


def forget_challenge(request: HttpRequest) -> None:
    """The challenge is answered: no second answer to it counts."""
    request.session.pop(_CHALLENGE, None)


def _remember(request: HttpRequest, challenge: bytes, ref: str) -> None:
    request.session[_CHALLENGE] = [bytes_to_base64url(challenge), ref, int(time.time())]


def _remembered(request: HttpRequest) -> tuple[bytes, str]:
    challenge, ref, at = request.session.get(_CHALLENGE) or ("", "", 0)
    if not challenge or time.time() - at > _CHALLENGE_LASTS:
        raise PasskeyRefused
    return base64url_to_bytes(challenge), ref


def _as_dict(answer: str) -> dict[str, object]:
    try:
        sent = json.loads(answer) if len(answer) <= _LONGEST else None
    except (ValueError, RecursionError) as unreadable:
        raise PasskeyRefused from unreadable
    if not isinstance(sent, dict):
        raise PasskeyRefused
    return sent


def _rp_id(request: HttpRequest) -> str:
    return split_domain_port(request.get_host())[0]


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
