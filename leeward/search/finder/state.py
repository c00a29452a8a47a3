"""Whether the files of a finder can be trusted: only if its last process ended in order.

Trusted files are still compared with the database, which may be another than they followed: one brought back.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings

FORMAT = 2
"""Raised when an older program could not read what a newer one writes."""


class State:
    """What is written down besides the files when a finder ends in order.

    Args:
        folder: where its files are; made if it is missing.
        tag: which embedder made the vectors.
    """

    def __init__(self, folder: Path, tag: str) -> None:
        self.folder, self.path = folder, folder / "state.json"
        self.of = {"format": FORMAT, "tag": tag, "database": _database()}

    def open(self) -> dict[str, Any] | None:
        """What was written down, once: from now on the files change. None: they are taken away and begun anew."""
        try:
            said = json.loads(self.path.read_text())
            self.path.unlink()
        except (OSError, ValueError):
            said = {}
        if said.get("of") == self.of:
            return dict(said["kept"])
        self.begin_anew()
        return None

    def begin_anew(self) -> None:
        """Take all files away."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def close(self, kept: dict[str, Any]) -> None:
        """Write down what is needed to open the files again."""
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps({"of": self.of, "kept": kept}))
        new.replace(self.path)


def _database() -> str:
    """Which database it followed, without saying its passphrase."""
    return hashlib.sha256(str(settings.DATABASE_URL).encode()).hexdigest()[:16]
