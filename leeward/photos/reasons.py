"""Why a photo could not be used, and what its state is, in words. They blame nobody and say what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.photos.models import Photo, Stage

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_WORDS: dict[str, _StrPromise] = {
    "too_large": gettext_lazy("The file is larger than 20 MB. A smaller copy of it can be added."),
    "empty": gettext_lazy("The file is empty. Perhaps it had not finished saving; it can be added again."),
    "other_kind": gettext_lazy("Photos can be JPEG, PNG, WebP or HEIC. This file is something else."),
    "broken": gettext_lazy("The file could not be read to its end. Perhaps a part is missing; it can be added again."),
    "too_many_pixels": gettext_lazy("The photo has more than 50 megapixels. A smaller copy of it can be added."),
    "too_small": gettext_lazy("The picture is smaller than 16 by 16 pixels, too small to show."),
    "too_hard": gettext_lazy("The photo could not be prepared. Saved anew, as a JPEG for instance, it may work."),
    "lost": gettext_lazy("The file of the photo is not there any more. It can be added again."),
    "no_room": gettext_lazy("There is no room here for photos at the moment. Please try it again later."),
    "too_many_waiting": gettext_lazy("Many photos of yours are still being prepared. Please add this one later."),
    "too_many_at_once": gettext_lazy("Ten photos fit at once. This one can be added afterwards."),
}
"""By the key that a photo keeps in `refused_because`."""


class PhotoRefused(Exception):
    """A photo was not taken in. `reason` is a key of this module; `str()` says it to a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        """What is said to who sent it."""
        return words_for(self.reason)


def words_for(reason: str) -> str:
    """A reason in words."""
    return str(_WORDS[reason])


def is_reason(key: str) -> bool:
    """Whether it is a reason."""
    return key in _WORDS


def state_words(photo: Photo) -> str:
    """How far a photo has come, for its owner."""
    if photo.stage == Stage.REFUSED:
        return _("This photo could not be used. %(reason)s") % {"reason": words_for(photo.refused_because)}
    if photo.stage == Stage.LOCKED:
        return _("This photo is not shown now. Somebody looks into it, and you will be told what comes of it.")
    if photo.stage == Stage.RECEIVED and photo.held_up:
        return _("The place where photos are kept cannot be reached just now. Your photo is safe, and waits.")
    if photo.stage == Stage.RECEIVED:
        return _("This photo is being prepared. Usually it takes a few seconds.")
    if photo.only_first:
        return _("This photo is ready. The file had several pictures; the first is shown.")
    return _("This photo is ready.")
