"""The room as Django knows it."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Help now: lines and emergency numbers, and what the host confirmed of them."""

    name = "leeward.library"
    label = "library"

    def ready(self) -> None:
        """Register the check of the lines."""
        from leeward.library import checks  # noqa: F401, PLC0415  # registers itself when it is read
