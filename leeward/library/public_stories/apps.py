"""The part of the library as Django knows it."""

from django.apps import AppConfig


class PublicStoriesConfig(AppConfig):
    """Stories that their tellers made public elsewhere: found here by what happened, kept as a link."""

    name = "leeward.library.public_stories"
    label = "public_stories"

    def ready(self) -> None:
        """Register the desk, what rings, what is kept of editors, and what is tended."""
        from leeward.library.public_stories.registering import register_room  # noqa: PLC0415  # models load after apps

        register_room()
