"""What is kept from a member because of what she told, with the reasons, as she is shown it.

What she told this room does not know: the room above says why (`explain_by`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeward.audience.notes import ContentNote, notes_in
from leeward.audience.shields import kept_of
from leeward.members.models import Member


@dataclass(frozen=True)
class Reason:
    """Why some notes are kept from a member.

    Args:
        words: what she told, as it is said to her after "because": "you are in the first weeks".
        notes: their bits.
    """

    words: str
    notes: int


Explain = Callable[[Member], Sequence[Reason]]

_explain: list[Explain] = []


@dataclass(frozen=True)
class Group:
    """Notes that are kept from her for one reason."""

    because: str
    notes: list[ContentNote]

    @property
    def in_words(self) -> str:
        """The notes in a row, to begin a sentence: "An ultrasound, a growing belly"."""
        row = ", ".join(str(note.label) for note in self.notes)
        return row[:1].upper() + row[1:]


@dataclass(frozen=True)
class Panel:
    """What a member is shown.

    Args:
        groups: what is kept from her, by reason; a note stands with its first reason only.
        gone: what was kept from her and no longer is, because what she told is no longer so.
        is_news: whether she has not yet said that she leaves it so.
    """

    groups: list[Group]
    gone: list[ContentNote]
    is_news: bool


def explain_by(explain: Explain) -> None:
    """Have the reasons told by a room above. Called at start-up."""
    _explain.append(explain)


def reasons_for(member: Member) -> list[Reason]:
    """All reasons for which notes are kept from a member because of what she told, the most telling first."""
    return [reason for explain in _explain for reason in explain(member)]


def panel_of(member: Member) -> Panel | None:
    """What is kept from a member because of what she told; None if nothing is, nor was when she looked last."""
    kept = kept_of(member)
    if not (kept.preset or kept.has_news):
        return None
    left, groups = kept.preset, []
    for reason in reasons_for(member) if left else ():
        if reason.notes & left:
            groups.append(Group(reason.words, notes_in(reason.notes & left)))
            left &= ~reason.notes
    if left:  # the room above would name them otherwise since she told it
        groups.append(Group(_("of what you told us"), notes_in(left)))
    return Panel(groups, notes_in(kept.gone), kept.has_news)
