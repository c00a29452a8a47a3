"""Send the letters that wait."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from leeward.notifications.deliver import deliver_letters


class Command(BaseCommand):
    """Send the letters that wait, once or again and again."""

    help = "Send the letters that wait. Run it from a timer, or with --every as a process of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every", type=int, default=0, metavar="SECONDS", help="Go on, with this many seconds between rounds."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            done = deliver_letters()
            if not options["every"] or done.sent or done.put_off:
                self.stdout.write(f"{done.sent} sent, {done.dropped} no longer needed, {done.put_off} put off.")
            if not options["every"]:
                return
            time.sleep(options["every"])
