"""Make anew what services are found by."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from leeward.library.directory.models import Service
from leeward.library.finding.following import refind


class Command(BaseCommand):
    """Go through every service of the directory."""

    help = (
        "Make anew what services are found by, from the directory itself. The place can be used meanwhile. "
        "Never needed in a place that runs; after a backup was restored, or the order of terms was changed, it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        total = Service.objects.count()
        with tqdm(total=total, unit=" services", disable=options["verbosity"] < 1) as progress:
            count = refind(progress.update)
        self.stdout.write(f"{count} of {total} services can be found.")
