"""What the cover of a photo says is inside: words that are offered, each tied to a content note, or her own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

OPEN, OWN = "open", "own"
"""The two choices beside those below: no cover, and a cover in her own words."""


@dataclass(frozen=True)
class Cover:
    """One cover that is offered.

    Args:
        key: its stable name in the form.
        words: what stands on it; kept with the photo in the language of the place.
        note: the key of the content note that goes with it (audience.notes).
    """

    key: str
    words: str | _StrPromise
    note: str


COVERS: tuple[Cover, ...] = (
    Cover("baby", _("a photo of a baby who died, with love"), "baby_who_died_picture"),
    Cover("ultrasound", _("an ultrasound picture"), "ultrasound"),
    Cover("bump", _("a growing belly"), "bump"),
    Cover("child", _("a living child"), "living_child"),
    Cover("test", _("a pregnancy test"), "pregnancy_announcement"),
)

COVER: dict[str, Cover] = {cover.key: cover for cover in COVERS}
"""Covers by their key."""


def choice_of(words: str) -> str:
    """Which choice of the form stands for the words of a cover."""
    if not words:
        return OPEN
    return next((cover.key for cover in COVERS if str(cover.words) == words), OWN)
