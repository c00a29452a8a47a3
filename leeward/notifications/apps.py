"""The room as Django knows it."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What happened for a member: the bell and letters."""

    name = "leeward.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Register what is kept of members, and for how long."""
        from leeward.notifications.belongings import register_belongings  # noqa: PLC0415  # models load after apps

        register_belongings()
