"""Write the whole place into one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from leeward.web.backups.contents import BackupRefusedError
from leeward.web.backups.writing import count_rows, one_moment, write_backup


class Command(BaseCommand):
    """Make a backup while the place goes on."""

    help = (
        "Write every row, members' files and the secret key into one zip that only this user can read. The place may "
        "go on meanwhile. Keep the file as you would keep what members wrote: it is all there, unencrypted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the zip to make; it must not exist yet")
        parser.add_argument("--quiet", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"]
        try:
            with (
                one_moment() as database,
                tqdm(total=count_rows(database), unit=" rows", disable=options["quiet"]) as bar,
            ):
                write_backup(target, database=database, progress=bar.update)
        except (BackupRefusedError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{target}: {target.stat().st_size:,} bytes. Try it: restore it into an empty place.")
