"""How photos of stories are looked at on a case, locked, and given back: what moderation asks of this room."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leeward.audience.unguarded import everything
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.moderation.looked_at import CannotGiveBackError, Looking, Sight, register_looking
from leeward.photos import vault
from leeward.photos.actions import discard
from leeward.photos.addresses import address_of
from leeward.photos.models import Photo, Stage
from leeward.photos.reading import measures
from leeward.photos.reasons import state_words
from leeward.photos.sizes import Size
from leeward.photos.stores.store import StoreUnreachable
from leeward.stories.models import Picture


def register_picture_looking() -> None:
    """Tell moderation. Called at start-up."""
    register_looking(Picture, Looking(_show, _lock, _keep, _give_back, _is_there))


def _show(picture: Picture, moderator: Member, large: bool) -> Sight:
    """Through the same door as for everyone: it opens for her because she has opened the case."""
    photo, size = picture.photo, Size.LARGE if large else Size.SMALL
    if photo.stage != Stage.READY:
        return Sight(said=state_words(photo))
    width, height = measures(photo, size)
    return Sight(picture.cover, picture.alt, address_of(photo, size, Viewer.moderator(moderator)), width, height)


def _lock(picture: Picture, until: int) -> str:
    vault.lock(picture.photo, keep_until=until)
    return picture.photo.ref


def _keep(ref: str, until: int) -> None:
    photo = Photo.objects.filter(ref=ref, stage=Stage.LOCKED).first()
    if photo is not None:
        vault.lock(photo, keep_until=until)


def _give_back(ref: str) -> None:
    """To its place in the story. If that is gone, the photo goes too, as it would have gone with it."""
    photo = Photo.objects.filter(ref=ref, stage=Stage.LOCKED).first()
    if photo is None:
        return
    try:
        vault.unlock(photo)
    except (StoreUnreachable, vault.VaultClosed, OSError) as reason:
        said = _("The photo could not be fetched out of the vault: %(reason)s Nothing has changed.")
        raise CannotGiveBackError(said % {"reason": reason}) from reason
    if not everything(Picture, reason="whether a photo that is given back has its place").filter(photo=photo).exists():
        discard(photo)


def _is_there(ref: str) -> bool:
    return Photo.objects.filter(ref=ref, stage=Stage.LOCKED).exists()
