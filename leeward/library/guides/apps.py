"""The part of the library as Django knows it."""

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    """Guides: written, read by a second, published, reviewed, printed."""

    name = "leeward.library.guides"
    label = "guides"
