"""One photo as its author looks after it: how far it has come, how it looks, and the form for what she says of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.photos.addresses import address_of
from leeward.photos.models import Stage
from leeward.photos.reading import measures
from leeward.photos.reasons import state_words
from leeward.photos.sizes import Size
from leeward.stories.models import Picture
from leeward.stories.picture_forms import PictureForm
from leeward.stories.pictures import state_of


@dataclass(frozen=True)
class Line:
    """One photo on the page on which its author looks after them.

    Args:
        form: what she says of it.
        state: how far it has come and who sees it, in words.
        src: where she finds it, small; "" while it is not prepared.
        width: of that, pixels.
        height: the same.
    """

    form: PictureForm
    state: str
    src: str = ""
    width: int = 0
    height: int = 0

    @property
    def is_preparing(self) -> bool:
        """Whether it waits to be prepared."""
        return self.form.picture.photo.stage == Stage.RECEIVED

    @property
    def is_usable(self) -> bool:
        """Whether words are asked for: not of one that cannot be shown, or that was removed for good."""
        picture = self.form.picture
        return picture.photo.stage in {Stage.RECEIVED, Stage.READY} and picture.state != State.WITHDRAWN

    @property
    def is_locked(self) -> bool:
        """Whether it is kept from everyone."""
        return self.form.picture.photo.stage == Stage.LOCKED


def line_of(form: PictureForm, viewer: Viewer) -> Line:
    """The line of one photo, for its author who looks."""
    picture = form.picture
    if picture.photo.stage != Stage.READY:
        return Line(form, state_words(picture.photo))
    width, height = measures(picture.photo, Size.SMALL)
    state = f"{state_words(picture.photo)} {_who_sees(picture)}"
    return Line(form, state, address_of(picture.photo, Size.SMALL, viewer), width, height)


def _who_sees(picture: Picture) -> str:
    if picture.is_live:
        return _("Whoever may see the words above it sees it.")
    match state_of(picture):
        case "hidden":
            return _("A moderator took it out of sight. Only you see it now.")
        case "waits":
            return _("Only you see it now: a person looks at it first.")
    if picture.placed_at is None:
        return _("Only you see it until you press Keep.")
    return _("Only you see it. It goes with the words above it when you show these.")
