"""What this room keeps of a member."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import to_datetime
from leeward.members import tending
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member
from leeward.members.retention import kept_since
from leeward.notifications.kinds import kind_named, known_keys
from leeward.notifications.models import Letter, LetterState, Notice, Preference


def register_belongings() -> None:
    """Register notices, letters and choices with members, and their tending. Called at start-up."""
    register(Belonging("notices", _("What happened for me"), (Notice,), _export_notices, _erase_notices))
    register(Belonging("letters", _("Letters to me"), (Letter,), _export_letters, _erase_letters))
    register(Belonging("notice_choices", _("What I want to hear of"), (Preference,), _export_choices, _erase_choices))
    tending.register("notices", _tend_notices)
    tending.register("letters", _tend_letters)


def _export_notices(member: Member) -> Iterator[Row]:
    for notice in Notice.objects.filter(member=member).order_by("at"):
        known = notice.kind in known_keys()
        yield {
            "what": str(kind_named(notice.kind).sentence) if known else notice.kind,
            "when": to_datetime(notice.at).isoformat(),
            "read": notice.read_at is not None,
        }


def _erase_notices(member: Member, farewell: Farewell) -> None:
    Notice.objects.filter(member=member).delete()  # its letters go with it


def _export_letters(member: Member) -> Iterator[Row]:
    for letter in Letter.objects.filter(member=member).select_related("notice").order_by("pk"):
        yield {"for": to_datetime(letter.notice.at).isoformat(), "state": str(LetterState(letter.state).label)}


def _erase_letters(member: Member, farewell: Farewell) -> None:
    Letter.objects.filter(member=member).delete()


def _export_choices(member: Member) -> Iterator[Row]:
    for row in Preference.objects.filter(member=member).order_by("kind"):
        yield {"kind": row.kind, "bell": row.bell, "letter": row.letter}


def _erase_choices(member: Member, farewell: Farewell) -> None:
    Preference.objects.filter(member=member).delete()


def _tend_notices() -> int:
    return Notice.objects.filter(at__lt=kept_since("notices")).delete()[0]


def _tend_letters() -> int:
    """A letter is as old as its notice."""
    return Letter.objects.filter(notice__at__lt=kept_since("letters")).delete()[0]
