"""The room as Django knows it."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Moderation."""

    name = "leeward.moderation"
    label = "moderation"
