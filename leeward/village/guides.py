"""The guides of the village, and what its editor is at: one given to a second reader, one that she has begun.

Nobody has reviewed any of them, and no reviewer is invented: they are shown under a notice that says so.
"""

from __future__ import annotations

from dataclasses import replace

from leeward.library.guides.actions import hand_on, write
from leeward.library.guides.models import Version
from leeward.library.guides.shipped import bring_in
from leeward.members.models import Member

HANDED, BEGUN = "dates", "telling-people"
_MORE = {
    HANDED: (
        "Take what fits. Nothing here is owed.",
        "Take what fits. Nothing here is owed, and what helped one year need not be done the next.",
    ),
    BEGUN: ("Reminders and advertisements can go on for months.", "Reminders and advertisements can go on for a year."),
}
"""By the key of a guide: a sentence of it, and how the editor would say it."""


def make_guides(editor: Member) -> None:
    """Bring in what comes with the program, and let the editor work on two of them."""
    bring_in()
    handed = _written(HANDED, editor)
    hand_on(handed, by=editor, seen=handed.touched_at)
    _written(BEGUN, editor)


def _written(key: str, editor: Member) -> Version:
    shipped = Version.objects.select_related("guide").filter(guide__key=key).exclude(shipped="").latest("number")
    before, after = _MORE[key]
    content = replace(shipped.content, text=shipped.content.text.replace(before, after))
    return write(shipped, content, by=editor, seen=shipped.touched_at)
