"""A member's photos: taken along as files, and erased when she leaves."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import IO

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.kit.moments import written_out
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member
from leeward.photos.actions import discard
from leeward.photos.models import Photo, Stage
from leeward.photos.reading import open_size
from leeward.photos.sizes import Size
from leeward.photos.stores.store import StoreUnreachable
from leeward.photos.vault import say_whose


def register_belongings() -> None:
    """Register them. Called at start-up."""
    register(Belonging("photos", gettext_lazy("My photos"), (Photo,), _export, _erase, _files))


def _export(member: Member) -> Iterator[Row]:
    for photo in _photos_of(member):
        is_ready = photo.stage == Stage.READY
        yield {
            "sent_at": written_out(photo.received_at),
            "state": str(photo.get_stage_display()),
            "width": photo.width if is_ready else None,
            "height": photo.height if is_ready else None,
            "files": [_name(photo, size) for size in Size] if is_ready else [],
        }


def _files(member: Member) -> Iterator[tuple[str, IO[bytes]]]:
    """Every size of every photo. One whose file is gone is left out; if none can be reached, the copy says so."""
    try:
        for photo in _photos_of(member).filter(stage=Stage.READY):
            for size in Size:
                with contextlib.suppress(FileNotFoundError), open_size(photo, size) as file:
                    yield _name(photo, size), file
    except StoreUnreachable:
        words = _("Your photos could not all be reached just now. They are safe. Please take another copy later.")
        yield "photos/read-me.txt", io.BytesIO(words.encode())


def _photos_of(member: Member) -> QuerySet[Photo]:
    return Photo.objects.filter(owner=member).order_by("received_at", "pk")


def _name(photo: Photo, size: Size) -> str:
    return f"photos/{photo.ref}-{size}.jpg"


def _erase(member: Member, farewell: Farewell) -> None:
    """All photos go, also where words stay. What is locked stays until its date, tied to her by its log alone."""
    for photo in Photo.objects.filter(owner=member).exclude(stage=Stage.LOCKED):
        discard(photo)
    say_whose(member)
