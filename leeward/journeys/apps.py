"""The room as Django knows it."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Journeys."""

    name = "leeward.journeys"
    label = "journeys"
