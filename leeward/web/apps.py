"""The room as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """What belongs to no single room: frame, home, start, backups."""

    name = "leeward.web"
    label = "web"

    def ready(self) -> None:
        """Register the checks before a start, and let all forms speak as the place does."""
        from leeward.web import checks  # noqa: F401, PLC0415  # registers itself when it is read
        from leeward.web.error_words import speak_kindly  # noqa: PLC0415  # Django's forms load after the settings

        speak_kindly()
