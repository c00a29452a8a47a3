"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """What belongs to no single room: frame, home, start, backups."""

    name = "leeward.web"
    label = "web"

    def ready(self) -> None:
        """Register the checks before a start, and let all forms speak as the place does."""
        from leeward.members import hub  # noqa: PLC0415  # models load after apps
        from leeward.web import checks  # noqa: F401, PLC0415  # registers itself when it is read
        from leeward.web.error_words import speak_kindly  # noqa: PLC0415  # Django's forms load after the settings

        speak_kindly()
        hub.register(_("Before this place opens"), "web:opening", _("Help, people who read, screening."), hub.For.HOST)
