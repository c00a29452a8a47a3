"""What this room itself keeps of a member: account, agreements, passkeys, codes, sessions, unsent words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import written_out
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import BrowserKey, Consent, Member, Passkey, RecoveryCode, Session, Unsent


def register_own_belongings() -> None:
    """Register them. Called at start-up."""
    register(Belonging("account", _("Account"), (Member,), _export_account, _erase_with_member))
    register(Belonging("consents", _("What I agreed to"), (Consent,), _export_consents, _erase_consents))
    register(Belonging("passkeys", _("Passkeys"), (Passkey,), _export_passkeys, _erase_passkeys))
    register(Belonging("recovery_codes", _("Printed codes"), (RecoveryCode,), _export_codes, _erase_codes))
    register(Belonging("sessions", _("Where I was signed in"), (Session,), _export_sessions, _erase_sessions))
    register(Belonging("unsent", _("What I began and did not send"), (Unsent,), _export_unsent, _erase_unsent))
    register(Belonging("browser_keys", _("What my browsers keep"), (BrowserKey,), _export_keys, _erase_keys))


def _export_account(member: Member) -> Iterator[Row]:
    yield {
        "name": member.name,
        "email_for_letters": member.email,
        "joined_on": member.joined_on.isoformat(),
        "has_a_passphrase": member.has_usable_password(),
        "is_a_moderator": member.is_moderator,
        "is_the_host": member.is_host,
        "is_a_greeter": member.is_greeter,
        "is_an_editor": member.is_editor,
        "kept_from_writing_since": member.suspended_at.isoformat() if member.suspended_at else None,
        "kept_from_writing_until": member.suspended_until.isoformat() if member.suspended_until else None,
        "membership_ended_at": member.ended_at.isoformat() if member.ended_at else None,
    }


def _export_consents(member: Member) -> Iterator[Row]:
    for consent in Consent.objects.filter(member=member).order_by("given_at", "pk"):
        yield {
            "for": str(consent.get_purpose_display()),
            "version_of_the_words": consent.wording,
            "given_at": consent.given_at.isoformat(),
            "taken_back_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
        }


def _export_passkeys(member: Member) -> Iterator[Row]:
    for passkey in Passkey.objects.filter(member=member).order_by("pk"):
        yield {"name": passkey.label, "added_on": passkey.added_on.isoformat(), "credential": passkey.credential}


def _export_codes(member: Member) -> Iterator[Row]:
    for code in RecoveryCode.objects.filter(member=member).order_by("pk"):
        yield {"used_on": code.used_on.isoformat() if code.used_on else None}


def _export_sessions(member: Member) -> Iterator[Row]:
    for session in Session.objects.filter(member=member).order_by("started_on", "pk"):
        yield {
            "browser": session.label,
            "shared_computer": session.shared,
            "started_on": session.started_on.isoformat(),
            "last_used_on": session.used_on.isoformat(),
        }


def _export_unsent(member: Member) -> Iterator[Row]:
    for unsent in Unsent.objects.filter(member=member).order_by("touched_at"):
        yield {"on_the_page": unsent.page, "written": unsent.fields, "last_at": written_out(unsent.touched_at)}


def _export_keys(member: Member) -> Iterator[Row]:
    for key in BrowserKey.objects.filter(member=member).order_by("pk"):
        yield {"a_browser_keeps_what_i_write_since": key.made_on.isoformat()}


def _erase_with_member(member: Member, farewell: Farewell) -> None:
    """Nothing now: `leaving.leave` deletes the member's row last, when nothing points at it any more."""


def _erase_consents(member: Member, farewell: Farewell) -> None:
    Consent.objects.filter(member=member).delete()


def _erase_passkeys(member: Member, farewell: Farewell) -> None:
    Passkey.objects.filter(member=member).delete()


def _erase_codes(member: Member, farewell: Farewell) -> None:
    RecoveryCode.objects.filter(member=member).delete()


def _erase_sessions(member: Member, farewell: Farewell) -> None:
    Session.objects.filter(member=member).delete()


def _erase_unsent(member: Member, farewell: Farewell) -> None:
    Unsent.objects.filter(member=member).delete()


def _erase_keys(member: Member, farewell: Farewell) -> None:
    BrowserKey.objects.filter(member=member).delete()
