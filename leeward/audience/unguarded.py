"""The skeleton key: all rows of a shared model, for the few tasks that no viewer stands behind.

It takes a reason and logs it. Who may import this module is named in pyproject.toml (import-linter).
"""

from __future__ import annotations

import logging
from typing import TypeVar

from django.db.models import QuerySet

from leeward.audience.guard import SharedQuerySet
from leeward.audience.shared import Shared

T = TypeVar("T", bound=Shared)

log = logging.getLogger("leeward.skeleton_key")


def everything(model: type[T], *, reason: str) -> QuerySet[T]:
    """All rows of a shared model, unseen by the guard.

    Args:
        model: the shared model.
        reason: why nobody's eyes stand behind this question; written to the log with the model's name.

    Raises:
        ValueError: no reason was given.
    """
    if not reason.strip():
        raise ValueError("The skeleton key asks for a reason.")
    log.info("%s: %s", model._meta.label, reason)
    return SharedQuerySet(model)
