"""The room as Django knows it."""

from django.apps import AppConfig


class CirclesConfig(AppConfig):
    """People who can be found, who meet one to one, and lights left on."""

    name = "leeward.circles"
    label = "circles"
