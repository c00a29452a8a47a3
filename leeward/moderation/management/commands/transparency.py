"""Print the report of a year."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leeward.moderation.papers.transparency import as_csv, report, sections, years


class Command(BaseCommand):
    """`manage.py transparency 2027 --csv > transparency-2027.csv`."""

    help = "Print the report of a year on how this place is moderated: numbers without persons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int, help="the year")
        parser.add_argument("--csv", action="store_true", help="for programs: section, what, value")

    def handle(self, *args: Any, **options: Any) -> None:
        year = options["year"]
        if year not in years():
            raise CommandError(f"There is nothing to tell of {year}; there is of {', '.join(map(str, years()))}.")
        rows = report(year)
        if options["csv"]:
            self.stdout.write(as_csv(rows), ending="")
            return
        for title, notes, lines in sections(rows):
            self.stdout.write(f"\n{title}")
            for what, value in lines:
                self.stdout.write(f"  {what}: {value}")
            for note in notes:
                self.stdout.write(f"  ({note})")
