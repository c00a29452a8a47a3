"""Publish this month's numbers."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from leeward.numbers.actions.publishing import publish
from leeward.numbers.key import NumbersRefusedError
from leeward.numbers.months import month_of, this_month


class Command(BaseCommand):
    """Publish the numbers of a month."""

    help = (
        "Publish this month's numbers, whole, once. `serve` does it by itself in the first minutes of a month; by hand "
        "it is needed only where something else serves. A month that was published, or may have been before a backup "
        "came back, is not published again: the next one is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", help="as 2026-12; this month if left out, and never one to come")
        parser.add_argument("--quiet", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit=" tables", disable=options["quiet"]) as bar:
            try:
                tables = publish(_month(options["month"]), progress=bar.update)
            except (NumbersRefusedError, OSError) as refusal:
                raise CommandError(str(refusal)) from refusal
        said = f"{tables} tables are published." if tables else "Nothing to publish: this month is done."
        self.stdout.write(said)


def _month(text: str | None) -> int:
    if text is None:
        return this_month()
    try:
        return month_of(datetime.date.fromisoformat(f"{text}-01"))
    except ValueError as error:
        raise CommandError(f"{text!r} is no month; write it as 2026-12.") from error
