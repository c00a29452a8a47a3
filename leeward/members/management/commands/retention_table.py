"""Print the retention table as Markdown."""

from typing import Any

from django.core.management.base import BaseCommand

from leeward.members.retention import as_markdown


class Command(BaseCommand):
    """`manage.py retention_table > docs/privacy/retention.md`."""

    help = "Print docs/privacy/retention.toml as the Markdown of docs/privacy/retention.md."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(as_markdown(), ending="")
