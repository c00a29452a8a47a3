"""The room as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """What belongs to no single room: frame, home, start, backups."""

    name = "leeward.web"
    label = "web"

    def ready(self) -> None:
        """Register the checks before a start."""
        from leeward.web import checks  # noqa: F401, PLC0415  # registers itself when it is read
