"""Serve the place."""

from __future__ import annotations

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leeward.web import starting


class Command(BaseCommand):
    """Serve the place, and tend it every few minutes."""

    help = "Serve the place until Ctrl-C, and tend it every few minutes. With --prepare, migrate and collect first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", default=starting.LOOPBACK, help="address to listen at (127.0.0.1: this machine only)"
        )
        parser.add_argument(
            "--port", type=int, default=int(os.environ.get("PORT", "8000")), help="port (PORT, or 8000)"
        )
        parser.add_argument("--workers", type=int, default=2, help="processes that answer (2)")
        parser.add_argument(
            "--prepare", action="store_true", help="first migrate the database and collect static files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["prepare"]:
            starting.prepare()
        elif starting.needs_migrating():
            raise CommandError(
                "The database is not up to date. Run `manage.py migrate`, or `manage.py serve --prepare`."
            )
        try:
            starting.refuse_village_in_production()
        except ImproperlyConfigured as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Serving at http://{options['host']}:{options['port']}. Ctrl-C ends it.")
        try:
            starting.serve(host=options["host"], port=options["port"], workers=options["workers"])
        except starting.PortTakenError as error:
            raise CommandError(str(error)) from error
