"""The room as Django knows it."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Notifications."""

    name = "leeward.notifications"
    label = "notifications"
