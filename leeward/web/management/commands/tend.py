"""Send due letters and throw away what has been kept long enough."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from leeward.web.tending import tend_once


class Command(BaseCommand):
    """Tend the place once. `serve` does it every few minutes by itself."""

    help = (
        "Send due letters and delete what has been kept as long as docs/privacy/retention.toml says. Prints how many."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for what, count in tend_once().items():
            self.stdout.write(f"{what}: {count}")
