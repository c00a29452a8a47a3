"""What this room keeps of a member."""

from __future__ import annotations

from collections.abc import Iterator

from leeward.kit.moments import to_datetime
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member
from leeward.notifications.kinds import kind_named, known_keys
from leeward.notifications.models import Letter, LetterState, Notice, Preference


def register_belongings() -> None:
    """Register notices, letters and choices with members. Called at start-up."""
    register(Belonging("notices", "What happened for me", (Notice, Letter), _export_notices, _erase_notices))
    register(Belonging("notice_choices", "What I want to hear of", (Preference,), _export_choices, _erase_choices))


def _export_notices(member: Member) -> Iterator[Row]:
    for notice in Notice.objects.filter(member=member).select_related("letter").order_by("at"):
        letter = getattr(notice, "letter", None)
        yield {
            "what": str(kind_named(notice.kind).sentence) if notice.kind in known_keys() else notice.kind,
            "when": to_datetime(notice.at).isoformat(),
            "read": notice.read_at is not None,
            "letter": str(LetterState(letter.state).label) if letter else None,
        }


def _erase_notices(member: Member, farewell: Farewell) -> None:
    Notice.objects.filter(member=member).delete()  # its letters go with it


def _export_choices(member: Member) -> Iterator[Row]:
    for row in Preference.objects.filter(member=member).order_by("kind"):
        yield {"kind": row.kind, "bell": row.bell, "letter": row.letter}


def _erase_choices(member: Member, farewell: Farewell) -> None:
    Preference.objects.filter(member=member).delete()
