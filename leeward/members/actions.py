"""What a member may do with her account: join, change her name, her passphrase and her letters' address, come back."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from leeward.members.codes import CodeUnknown, unused_codes, use_code
from leeward.members.models import Member, Passkey
from leeward.members.names import key_of
from leeward.members.passkeys import NewPasskey, keep

_EMAIL_SALT = "leeward.members.email"
_EMAIL_LINK_LASTS = 60 * 60 * 24  # seconds


class NameTaken(Exception):
    """Somebody took the name in the same moment."""


class LastWayIn(Exception):
    """Without this passkey she could not sign in any more."""


class LinkRefused(Exception):
    """The link from a letter is too old, or was not made for this member."""


def join(*, name: str, passphrase: str = "", passkey: NewPasskey | None = None) -> Member:
    """Make a member.

    Args:
        name: a chosen name, looked over by `names.check_name`.
        passphrase: looked over; or empty if she comes with a passkey.
        passkey: checked, not yet anybody's.

    Raises:
        ValueError: neither passphrase nor passkey.
        NameTaken: another took the name first.
        PasskeyRefused: the passkey is somebody's.
    """
    if not passphrase and passkey is None:
        raise ValueError("A member needs a way to sign in.")
    member = Member(name=name)
    member.set_password(passphrase or None)
    if passkey is not None:
        member.ref = passkey.member_ref
    with transaction.atomic():
        _save_under(member, name)
        if passkey is not None:
            keep(member, passkey)
    return member


def change_name(member: Member, name: str) -> None:
    """Give her another chosen name; what she signed is signed with it from now on.

    Raises:
        PermissionError: a decision keeps her from writing, and a name is read by others.
        NameTaken: another took the name first.
    """
    if not member.may_write:
        raise PermissionError("A suspended member keeps her name.")
    _save_under(member, name)


def change_passphrase(member: Member, passphrase: str) -> None:
    """Set another passphrase, looked over by the form. The caller ends other sessions (`sessions.keep_only_this`)."""
    member.set_password(passphrase)
    member.save(update_fields=["password"])


def recover(*, name: str, code: str, passphrase: str) -> Member:
    """Let a member in with one of her printed codes, and set a new passphrase.

    Raises:
        CodeUnknown: name and code do not belong together.
        CodeUsed: the code was used before.
    """
    member = Member.objects.filter(name_key=key_of(name), is_active=True).first()
    with transaction.atomic():
        use_code(member, code)
        if member is None:
            raise CodeUnknown
        change_passphrase(member, passphrase)
    return member


def remove_passkey(member: Member, ref: str) -> bool:
    """Forget one of her passkeys; False if she has none of this name.

    Raises:
        LastWayIn: she has no passphrase, no other passkey and no code left.
    """
    with transaction.atomic():
        hers = list(Passkey.objects.select_for_update().filter(member=member))
        gone = [passkey for passkey in hers if passkey.ref == ref]
        if gone and len(hers) == 1 and not member.has_usable_password() and not unused_codes(member):
            raise LastWayIn
        for passkey in gone:
            passkey.delete()
    return bool(gone)


def ask_for_email(member: Member, email: str) -> None:
    """Send a letter to an address, to learn whether it is hers; it is kept only once she opens the link in it.

    Raises:
        OSError: the letter could not be sent.
    """
    token = signing.dumps([member.ref, email], salt=_EMAIL_SALT)
    address = settings.BASE_URL + reverse("members:email_link", args=[token])
    lines = (
        _("Somebody gave this address for letters from a place on the web."),
        _("If it was you, open this page within a day, signed in, and press the button there:"),
        address,
        _("If it was not you, do nothing: the address is not kept."),
    )
    send_mail(_("A page to open"), "\n\n".join(lines), settings.DEFAULT_FROM_EMAIL, [email])


def email_in(member: Member, token: str) -> str:
    """The address in a letter's link.

    Raises:
        LinkRefused: it is too old, or was made for another member.
    """
    try:
        ref, email = signing.loads(token, salt=_EMAIL_SALT, max_age=_EMAIL_LINK_LASTS)
    except signing.BadSignature as refused:
        raise LinkRefused from refused
    if ref != member.ref:
        raise LinkRefused
    return str(email)


def keep_email(member: Member, email: str) -> None:
    """Keep the address for letters; empty for none."""
    member.email = email
    member.save(update_fields=["email"])


def _save_under(member: Member, name: str) -> None:
    before = member.name
    member.name = name
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as taken:
        member.name = before
        raise NameTaken from taken
