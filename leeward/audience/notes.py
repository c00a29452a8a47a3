"""Content notes: what a text or picture has in it, said by its author, so that a reader can choose.

A closed list of neutral names, each a bit of one integer. A note says what is inside, never that it is a
hazard (voice). Positions are stored: append, never reorder, never reuse.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class ContentNote:
    """One thing that may be inside: its stable key, its bit, and how it is said."""

    key: str
    bit: int
    label: str | _StrPromise


_LABELS: tuple[tuple[str, str | _StrPromise], ...] = (
    ("pregnancy_current", _("someone is pregnant now")),
    ("pregnancy_announcement", _("news of a pregnancy, a positive test")),
    ("ultrasound", _("an ultrasound")),
    ("bump", _("a growing belly")),
    ("birth_live", _("a baby born alive")),
    ("living_child", _("living children")),
    ("baby_who_died_picture", _("a photo of a baby who died, with love")),
    ("shower_naming", _("a baby shower, a naming, a reveal")),
    ("success_story", _("a story that ends with a child")),
    ("embryo_results", _("embryo results, blood results")),
    ("loss_detail", _("a loss told closely")),
    ("medical_detail", _("medical detail, blood")),
    ("termination", _("a pregnancy that was ended")),
    ("neonatal", _("a baby in intensive care")),
    ("traumatic_birth", _("a hard birth")),
    ("hysterectomy", _("a uterus taken out")),
    ("suicide_self_harm", _("thoughts of not living, self-harm")),
    ("alcohol_drugs", _("alcohol or drugs")),
    ("abuse_violence", _("violence or abuse")),
    ("faith", _("faith, heaven, angels")),
    ("anger_at_faith", _("anger at faith")),
    ("complaint_about_care", _("care that went wrong, an inquest")),
    ("money", _("money, what it cost")),
    ("weight_numbers", _("weight, numbers of the body")),
    ("graphic", _("something hard to picture")),
)

NOTES = tuple(ContentNote(key, 1 << place, label) for place, (key, label) in enumerate(_LABELS))
"""All notes, in the order in which they are offered."""

NOTE: dict[str, ContentNote] = {note.key: note for note in NOTES}
"""Notes by their key."""


def mask_of(keys: Iterable[str]) -> int:
    """The bits of these keys together; KeyError for a key that is not a note."""
    mask = 0
    for key in keys:
        mask |= NOTE[key].bit
    return mask


def notes_in(mask: int, *, perhaps: int = 0) -> list[ContentNote]:
    """The notes whose bits are in the mask, in the order in which they are offered.

    Args:
        mask: the bits.
        perhaps: those of the bits that only a text suggests; they are said so.
    """
    found = [note for note in NOTES if note.bit & mask]
    return [_perhaps(note) if note.bit & perhaps else note for note in found]


def _perhaps(note: ContentNote) -> ContentNote:
    return replace(note, label=gettext("perhaps %(note)s") % {"note": note.label})
