"""Bring in a gazetteer, by which what is near is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from leeward.library.finding.bringing_places import PlacesRefused, bring_places
from leeward.library.finding.following import place_anew

MOST_TOLD = 20


class Command(BaseCommand):
    """Bring in the postcode file of a country, or of all, as GeoNames publishes them."""

    help = (
        "Bring in a gazetteer: a postcode file of GeoNames (GB.zip, allCountries.zip, or the text in it), or a table "
        "of the same twelve columns with a line of names. Rows of the same countries are replaced."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file, as text or as zip")
        parser.add_argument("--dry-run", action="store_true", help="only say what it holds")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        with tqdm(unit=" characters", unit_scale=True, disable=options["verbosity"] < 1) as progress:
            try:
                outcome = bring_places(path, dry_run=options["dry_run"], step=progress.update)
            except PlacesRefused as refusal:
                raise CommandError(f"{refusal} Nothing was changed.") from refusal
        for number, reason in outcome.faults[:MOST_TOLD]:
            self.stderr.write(f"{path.name}, line {number}: {reason}")
        if len(outcome.faults) > MOST_TOLD:
            self.stderr.write(f"… and {len(outcome.faults) - MOST_TOLD} more lines were left out.")
        did = "would be" if options["dry_run"] else "were"
        self.stdout.write(
            f"{outcome.postcodes} postcodes and {outcome.places} places of {', '.join(sorted(outcome.countries))} "
            f"{did} brought in; {len(outcome.faults)} lines left out."
        )
        if not options["dry_run"]:
            with tqdm(unit=" services", desc="Placed", disable=options["verbosity"] < 1) as progress:
                place_anew(progress.update)
