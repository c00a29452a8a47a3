"""Bring in the guides that come with the program, as drafts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leeward.library.guides.content import GuideUnreadableError
from leeward.library.guides.shipped import bring_in


class Command(BaseCommand):
    """Done at every start; by hand it says what it did."""

    help = "Bring in the guides that come with the program, as drafts. Done again, it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring them in.

        Raises:
            CommandError: a file cannot be understood.
        """
        try:
            made = bring_in()
        except GuideUnreadableError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            for version in made:
                self.stdout.write(f"{version.guide.key}: draft {version.number}")
            self.stdout.write(f"{len(made)} brought in. Nobody reads a draft before a named person has reviewed it.")
