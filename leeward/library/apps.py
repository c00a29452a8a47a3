"""The room as Django knows it."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Library."""

    name = "leeward.library"
    label = "library"
