"""Shared things by name, so that rooms below can point at what rooms above have made."""

from __future__ import annotations

from django.apps import apps

from leeward.audience.shared import Shared
from leeward.audience.viewers import Viewer


def kind_of(thing: Shared) -> str:
    """The name of a thing's kind: "stories.story"."""
    return thing._meta.label_lower


def model_of(kind: str) -> type[Shared]:
    """The shared model of this kind.

    Raises:
        LookupError: there is no such kind, or it is not shared.
    """
    if kind.count(".") != 1:
        raise LookupError(kind)
    model = apps.get_model(kind)
    if not issubclass(model, Shared):
        raise LookupError(kind)
    return model


def shared_models() -> list[type[Shared]]:
    """Every concrete shared model of the place."""
    return [model for model in apps.get_models() if issubclass(model, Shared)]


def find(kind: str, ref: str, viewer: Viewer) -> Shared | None:
    """The thing of this kind and name, if this viewer may see it; else None, whether it exists or not."""
    try:
        model = model_of(kind)
    except LookupError:
        return None
    found: Shared | None = model.objects.filter(ref=ref).visible_to(viewer).first()
    return found


def find_by_id(kind: str, thing_id: int, viewer: Viewer) -> Shared | None:
    """The thing that a stored reference points at, if this viewer may see it."""
    found: Shared | None = model_of(kind).objects.filter(pk=thing_id).visible_to(viewer).first()
    return found
