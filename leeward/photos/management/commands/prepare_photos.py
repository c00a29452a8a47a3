"""Prepare the photos that members sent."""

from __future__ import annotations

import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leeward.kit.ending import Ending
from leeward.kit.line_server import AlreadyListening
from leeward.photos.darkroom.room import Darkroom
from leeward.photos.darkroom.waking import socket_path


class Command(BaseCommand):
    """The darkroom process. `serve` starts it by itself."""

    help = (
        "Prepare photos that wait: strip them, make their sizes, keep those. `serve` starts it by itself. "
        "Ends with Ctrl-C."
    )
    requires_system_checks = ()  # they load every page of the place, which the server has checked already

    def add_arguments(self, parser: CommandParser) -> None:
        Ending.add_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        ending = Ending(with_parent=options["with_parent"])
        try:
            darkroom = Darkroom(socket_path())
        except AlreadyListening as other:
            raise CommandError(f"Another darkroom listens at {other}.") from other
        with darkroom:
            threading.Thread(target=darkroom.serve_forever, daemon=True).start()
            self.stdout.write("The darkroom listens.")
            darkroom.work(ending)
            darkroom.shutdown()
