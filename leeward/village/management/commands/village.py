"""Make the demonstration village."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from leeward.village.loading import RealPeopleLiveHereError, how_much, make_village
from leeward.village.signins import PASSPHRASE, SIGNINS


class Command(BaseCommand):
    """Make the demonstration village in an empty place."""

    help = "Make the demonstration village, invented people and their words, in an empty place."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--quiet", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and print how to sign in."""
        if settings.PRODUCTION:
            raise CommandError("A place in production holds real members: no village is made in it.")
        with tqdm(total=how_much(), desc="The village", unit="", disable=options["quiet"]) as bar:
            try:
                make_village(bar.update)
            except RealPeopleLiveHereError as refusal:
                raise CommandError(str(refusal)) from refusal
        for signin in SIGNINS:
            self.stdout.write(f"  {signin.who}: {signin.name} / {PASSPHRASE}")
