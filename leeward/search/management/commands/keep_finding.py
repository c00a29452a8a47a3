"""Find what means alike and who is near."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections

from leeward.kit.databases import go_through_all
from leeward.kit.ending import Ending
from leeward.kit.line_server import AlreadyListening
from leeward.language.embedder import load_embedder
from leeward.language.folders import language_folder
from leeward.search.finder.client import socket_path
from leeward.search.finder.core import Finder
from leeward.search.finder.server import FinderServer

LOOK_EVERY = 1.0
"""Seconds between two looks for changes."""


class Command(BaseCommand):
    """The finder process. `serve` starts it by itself."""

    help = (
        "Hold the index of meanings and facts and answer the other processes of this place over a socket in its data "
        "folder; embed what was written. `serve` starts it by itself. Ends with Ctrl-C."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        Ending.add_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        ending = Ending(with_parent=options["with_parent"])
        settings.FINDER_SOCKET.parent.mkdir(parents=True, exist_ok=True)
        try:
            server = FinderServer(socket_path())
        except AlreadyListening as other:
            raise CommandError(f"Another finder listens at {other}.") from other
        go_through_all()
        with server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            server.finder = finder = self._finder()
            self.stdout.write("The finder listens.")
            busy = True
            while not ending.comes_within(0 if busy else LOOK_EVERY):
                busy = self._follow(finder)
            server.shutdown()
            finder.close()

    def _finder(self) -> Finder:
        """With the embedder of the place's language. Where there is none, it finds by facts alone."""
        try:
            embedder, tag = load_embedder(settings.LANGUAGE_CODE), tag_of(language_folder(settings.LANGUAGE_CODE))
        except LookupError as missing:
            self.stderr.write(f"{missing} What means alike is not found; words and facts are.")
            return Finder(settings.FINDER_FOLDER)
        return Finder(settings.FINDER_FOLDER, embedder, tag)

    def _follow(self, finder: Finder) -> bool:
        """Look for changes once, and embed some of what waits; whether more waits."""
        close_old_connections()
        try:
            finder.catch_up()
            return finder.embed() > 0
        except DatabaseError as error:  # busy, or restarting: the next look finds the same changes
            self.stderr.write(f"Changes could not be looked for: {type(error).__name__}")
            return False


def tag_of(folder: Path) -> str:
    """Which model it is: another one's vectors cannot be compared with its own."""
    return hashlib.sha256((folder / "embedder.onnx").read_bytes()).hexdigest()[:16]
