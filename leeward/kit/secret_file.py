"""A secret that is made once and kept in a file that only its owner can read."""

import os
import secrets
from pathlib import Path


def secret_from(path: Path) -> str:
    """The secret in the file at `path`; made (64 random bytes, mode 0600) if there is none yet.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        secret = secrets.token_urlsafe(64)
        file.write(secret)
    return secret
