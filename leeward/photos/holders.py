"""What photos stand in. A photo is seen by who may see a thing that holds it: there is no other way.

A room above registers each Shared model with a one-to-one field `photo`. Only the guard is asked.
"""

from __future__ import annotations

from collections.abc import Callable

from leeward.audience.shared import Shared
from leeward.audience.viewers import Viewer
from leeward.photos.models import Photo, Stage

_holders: list[type[Shared]] = []
_when_ready: list[Callable[[Photo], None]] = []


def register(model: type[Shared]) -> None:
    """Name a model that holds photos in its field `photo`. Called from AppConfig.ready() of its room."""
    _holders.append(model)


def holders() -> tuple[type[Shared], ...]:
    """Every such model."""
    return tuple(_holders)


def when_ready(do: Callable[[Photo], None]) -> None:
    """Have something done once a photo is prepared: what holds it may wait for that. Called from AppConfig.ready().

    It runs inside the transaction that makes the photo READY, for the first time or after a false alarm.
    """
    _when_ready.append(do)


def say_ready(photo: Photo) -> None:
    """Do what rooms above want done now that a photo is READY. Part of the caller's transaction."""
    for do in _when_ready:
        do(photo)


def photo_for(viewer: Viewer, ref: str) -> Photo | None:
    """The prepared photo of this name, if something that this viewer may see holds it; one query for each model."""
    for model in _holders:
        seen = model.objects.visible_to(viewer).filter(photo__ref=ref, photo__stage=Stage.READY)
        if holder := seen.select_related("photo").first():
            photo: Photo = holder.photo
            return photo
    return None
