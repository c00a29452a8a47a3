"""The room as Django knows it."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """First texts, reports and decisions."""

    name = "leeward.moderation"
    label = "moderation"

    def ready(self) -> None:
        """Register what is kept of members, and what rings their bell."""
        from leeward.moderation.announcements import register_announcements  # noqa: PLC0415  # models load after apps
        from leeward.moderation.belongings import register_belongings  # noqa: PLC0415

        register_belongings()
        register_announcements()
