"""The room as Django knows it."""

from django.apps import AppConfig


class CirclesConfig(AppConfig):
    """People who can be found, who meet one to one, and lights left on."""

    name = "leeward.circles"
    label = "circles"

    def ready(self) -> None:
        """Register what is kept, what rings, what ends with what, and what is tended."""
        from leeward.circles.registering import register_room  # noqa: PLC0415  # models load after apps

        register_room()
