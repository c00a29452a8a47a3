"""The part of the library as Django knows it."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Services in the field's own standard (HSDS): kept whole, brought in, given out, tended."""

    name = "leeward.library.directory"
    label = "directory"
