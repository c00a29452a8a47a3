"""The part of the library as Django knows it."""

from django.apps import AppConfig


class PublicStoriesConfig(AppConfig):
    """Stories that their tellers made public elsewhere: found here by what happened, kept as a link."""

    name = "leeward.library.public_stories"
    label = "public_stories"
