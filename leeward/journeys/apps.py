"""The room as Django knows it."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Where a person is, and what is near to her."""

    name = "leeward.journeys"
    label = "journeys"

    def ready(self) -> None:
        """Register what is kept, its page, its notice, and what goes when an agreement is taken back."""
        from leeward.journeys.registering import register_room  # noqa: PLC0415  # models load after apps

        register_room()
