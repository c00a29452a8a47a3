"""Show the place with its demonstration village: what `make run` does."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leeward.members.invented import is_a_village
from leeward.members.models import Member
from leeward.village.signins import PASSPHRASE, SIGNINS
from leeward.web import starting


class Command(BaseCommand):
    """Make the place ready, make the village on the first start, and serve to this machine alone."""

    help = "Make the place ready, make the demonstration village on the first start, and serve it at localhost only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port (8000)")
        parser.add_argument("--workers", type=int, default=2, help="processes that answer (2)")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "A place in production is served by `manage.py serve`; the village is for demonstration."
            )
        try:
            starting.refuse_taken_port(starting.LOOPBACK, options["port"])
            self._show(options["port"], options["workers"])
        except starting.PortTakenError as error:
            raise CommandError(str(error)) from error

    def _show(self, port: int, workers: int) -> None:
        starting.prepare()
        if not Member.objects.exists():
            call_command("village", stdout=io.StringIO())  # its last words are said below, at every start
        self.stdout.write(f"\n{settings.PLACE_NAME} is at http://localhost:{port} (this machine only; Ctrl-C ends it).")
        if is_a_village():
            self._say_signins()
        self.stdout.flush()
        starting.serve(host=starting.LOOPBACK, port=port, workers=workers)

    def _say_signins(self) -> None:
        self.stdout.write(f"Everyone in it is invented. Sign in with the passphrase: {PASSPHRASE}")
        for signin in SIGNINS:
            self.stdout.write(f"  {signin.name:<8} {signin.who}")
