"""The room as Django knows it."""

from django.apps import AppConfig


class VillageConfig(AppConfig):
    """Village."""

    name = "leeward.village"
    label = "village"
