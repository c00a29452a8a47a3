"""Bring a backup back into an empty place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from leeward.web.backups.contents import BackupRefusedError
from leeward.web.backups.restoring import restore_backup
from leeward.web.starting import needs_migrating


class Command(BaseCommand):
    """Restore a backup. It may have been made on the other kind of database."""

    help = (
        "Bring a backup back into an empty place: every row in one transaction, then files and secret key. Refuses a "
        "place in which anybody lives, and a file that is damaged, altered or of another version."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the zip that `backup` made")
        parser.add_argument("--quiet", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        if needs_migrating():
            call_command("migrate", interactive=False, verbosity=0)
        try:
            with tqdm(unit=" rows", disable=options["quiet"]) as bar:
                manifest = restore_backup(options["file"], progress=bar.update)
        except (BackupRefusedError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The place is as it was at {manifest.made_at}: {sum(manifest.rows.values()):,} rows.")
        self.stdout.write("Start it again, so that it takes up the secret key that came with it.")
