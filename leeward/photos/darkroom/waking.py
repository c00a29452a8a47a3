"""Telling the process that prepares photos that one has come. If it is away, it finds the photo when it is back."""

from __future__ import annotations

import contextlib
from pathlib import Path

from django.conf import settings

from leeward.kit.line_server import ask

PATIENCE = 0.5
"""How long (seconds) its answer is waited for."""


def socket_path() -> Path:
    """Where it listens: a file that only this place's own user may open."""
    return Path(settings.DARKROOM_SOCKET)


def wake() -> None:
    """Tell it to look at once. It looks by itself every few seconds."""
    with contextlib.suppress(OSError, ValueError):
        ask(socket_path(), {"wake": True}, PATIENCE)
