"""The room as Django knows it."""

from django.apps import AppConfig


class PhotosConfig(AppConfig):
    """Photos taken in, stripped, kept and shown through a door."""

    name = "leeward.photos"
    label = "photos"
