"""Hand out a locked photo, for those who must see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leeward.kit.moments import to_datetime
from leeward.photos.models import Photo, Stage
from leeward.photos.vault import VaultClosed, hand_out


class Command(BaseCommand):
    """Only for the person who is responsible, at the machine itself. Each use is written into the log of the place."""

    help = (
        "Decrypt the files of a locked photo into a folder, and write into the log that this was done, and why. Read "
        "docs/operate/photos.md before you use it: in many countries nobody but the police may look at such a file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ref", help="the name of the photo")
        parser.add_argument("--reason", required=True, help="why, for the log")
        parser.add_argument("--to", required=True, type=Path, help="a folder of yours")

    def handle(self, *args: Any, **options: Any) -> None:
        photo = Photo.objects.filter(ref=options["ref"], stage=Stage.LOCKED).select_related("lock", "owner").first()
        if photo is None:
            raise CommandError("There is no locked photo of this name.")
        if not options["to"].is_dir():
            raise CommandError(f"There is no folder {options['to']}.")
        try:
            paths = hand_out(photo, options["to"], reason=options["reason"])
        except (VaultClosed, ValueError, OSError) as error:
            raise CommandError(str(error)) from error
        whose = f"{photo.owner.name} ({photo.owner.ref})" if photo.owner else photo.lock.owner_then
        self.stdout.write(f"Locked at {to_datetime(photo.lock.at):%Y-%m-%d %H:%M} UTC. Sent by: {whose or 'unknown'}")
        for path in paths:
            self.stdout.write(str(path))
