"""The key of the noise: one file of the data folder, as safe as the members. Who has it has the exact counts."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from leeward.kit.secret_file import secret_from
from leeward.numbers.mechanism.noise import Source
from leeward.numbers.models import Generation

FILE = "numbers_key"
"""Its name in the data folder. It belongs in the backup, like the secret key."""


class NumbersRefusedError(RuntimeError):
    """Numbers cannot be published; the words say why, for the person at the keyboard."""


def key_path() -> Path:
    """Where the key is."""
    path: Path = settings.DATA / FILE
    return path


def new_key() -> bytes:
    """The key, made if there is none. Only for a place whose first list is about to be opened.

    Raises:
        OSError: the folder cannot be written.
    """
    return secret_from(key_path()).encode()


def source_of(generation: Generation) -> Source:
    """Where the noise of a list comes from.

    Raises:
        NumbersRefusedError: the key is not there, or is not the one under which the list was opened.
    """
    if not key_path().exists():
        raise NumbersRefusedError(
            f"{key_path()} is gone. Put it back from a backup. With another key the same months would be published "
            "with other noise, and both together would show the exact counts; so nothing is published until it is back."
        )
    source = Source(new_key(), generation.ref, generation.tables.s0)
    if source.fingerprint() != generation.fingerprint:
        raise NumbersRefusedError(
            f"{key_path()} is not the key under which these numbers were begun. Put back the one from your backup. "
            "With another key the exact counts could be worked out; so nothing is published until it is back."
        )
    return source


def fingerprint_for(ref: str) -> str:
    """The mark of the key that a new list keeps. Makes the key if there is none."""
    return Source(new_key(), ref, 0.0).fingerprint()
