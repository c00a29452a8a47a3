"""Try the links of services now."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leeward.library.directory.desk.links import IN_A_ROUND, check_some

PAUSE = 5.0
"""Seconds between two rounds, in none of which a host is asked twice."""


class Command(BaseCommand):
    """What `serve` does a little of every few minutes, more of it at once."""

    help = (
        "Try links that pages of services show, the longest waiting first. The sites that are asked learn that this "
        "place links to them, and nothing about anybody. A link counts as failing after three failures over several "
        "days. Prints each that did not answer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at-most", type=int, default=50, help="How many addresses (50; at most 5000).")

    def handle(self, *args: Any, **options: Any) -> None:
        most = options["at_most"]
        if not 1 <= most <= 5_000:
            raise CommandError("--at-most takes a number from 1 to 5000.")
        asked = failed = 0
        while asked < most:
            some = list(check_some(min(IN_A_ROUND, most - asked)))
            asked += len(some)
            for link in some:
                if link.failures:
                    failed += 1
                    self.stdout.write(f"{link.address}: {link.reason} ({link.failures})")
            if not some:
                break
            if asked < most:
                time.sleep(PAUSE)
        self.stdout.write(f"asked: {asked}, did not answer: {failed}")
