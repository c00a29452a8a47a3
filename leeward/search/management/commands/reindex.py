"""Make the index of what can be found anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from leeward.search.documents import reindex


class Command(BaseCommand):
    """Go through everything that is shown to others. The finder then embeds what it has not embedded yet."""

    help = (
        "Make the index of what can be found anew from the things themselves. The place can be used meanwhile. "
        "Never needed in a place that runs; after a backup was restored, `restore` does it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        with tqdm(unit=" things", disable=options["verbosity"] < 1) as progress:
            for done in reindex():
                progress.update(done - progress.n)
        self.stdout.write(f"{done} things were looked at.")
