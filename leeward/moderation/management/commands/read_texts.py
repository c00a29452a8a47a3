"""Read what members write, before others see it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections

from leeward.kit.ending import Ending
from leeward.language.engine import load
from leeward.language.judgement import Judgement
from leeward.language.reader.client import socket_path
from leeward.language.reader.server import AlreadyListening, Reader
from leeward.moderation.actions import settle_waiting

LOOK_EVERY = 1.0
"""Seconds between two looks for texts that wait: long ones, and those left from a time without a reader."""


class Command(BaseCommand):
    """The reader process. `serve` starts it by itself."""

    help = (
        "Hold the text models and answer the other processes of this place over a socket in its data folder; "
        "read long texts in the background. `serve` starts it by itself. Ends with Ctrl-C."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        Ending.add_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        ending = Ending(with_parent=options["with_parent"])
        try:
            reader = Reader(socket_path(), self._judge())
        except AlreadyListening as other:
            raise CommandError(f"Another reader listens at {other}.") from other
        with reader:
            threading.Thread(target=reader.serve_forever, daemon=True).start()
            self.stdout.write("The reader listens.")
            while not ending.comes_within(LOOK_EVERY):
                self._settle()
            reader.shutdown()

    def _judge(self) -> Callable[[str], Judgement]:
        """What reads in the place's language. Where there is nothing that can, persons read (docs/screening.md)."""
        try:
            return load(settings.LANGUAGE_CODE).judge
        except LookupError as missing:
            self.stderr.write(f"{missing} Texts of new members are read by persons; others are shown as they are.")
            return lambda _text: Judgement()

    def _settle(self) -> None:
        close_old_connections()
        try:
            settle_waiting()
        except DatabaseError as error:  # busy, or restarting: what waits is safe, and the next look finds it
            self.stderr.write(f"Texts that wait could not be looked for: {type(error).__name__}")
