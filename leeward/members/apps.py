"""The room as Django knows it."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Members."""

    name = "leeward.members"
    label = "members"
