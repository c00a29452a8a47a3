"""The room as Django knows it."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """Stories."""

    name = "leeward.stories"
    label = "stories"
