"""Asking the reader process about a text."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from leeward.kit.line_server import ask
from leeward.language.judgement import Judgement

PATIENCE = 3.0
"""How long (seconds) an answer is waited for: a hundred times what it takes."""
LONG_PATIENCE = 60.0
"""The same where nobody waits for it: the longest story takes some seconds."""


class ReaderUnavailable(Exception):
    """The reader process does not answer. What was to be read waits."""


def read(text: str, *, in_background: bool = False) -> Judgement:
    """Have a text read.

    Args:
        text: all of it.
        in_background: whether nobody waits for the answer, so that it may take its time.

    Raises:
        ReaderUnavailable: the process is not there, does not answer in time, or answers what cannot be understood.
    """
    try:
        return Judgement.from_json(_ask({"read": text}, LONG_PATIENCE if in_background else PATIENCE))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReaderUnavailable(str(error)) from error


def is_there() -> bool:
    """Whether the reader answers."""
    try:
        return bool(_ask({"ping": True}, PATIENCE).get("pong"))
    except (OSError, ValueError):
        return False


def socket_path() -> Path:
    """Where the reader listens: a file that only this place's own user may open."""
    return Path(settings.READER_SOCKET)


def _ask(question: dict[str, object], patience: float) -> dict[str, object]:
    return ask(socket_path(), question, patience)
