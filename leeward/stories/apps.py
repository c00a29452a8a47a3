"""The room as Django knows it."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """Stories told, answered and taken back."""

    name = "leeward.stories"
    label = "stories"

    def ready(self) -> None:
        """Register what is kept of members, and what rings their bell."""
        from leeward.stories.announcements import register_announcements  # noqa: PLC0415  # models load after apps
        from leeward.stories.belongings import register_belongings  # noqa: PLC0415

        register_belongings()
        register_announcements()
