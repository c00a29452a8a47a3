"""The part of the library as Django knows it."""

from django.apps import AppConfig


class FindingConfig(AppConfig):
    """Finding a service that fits, near her; and the gazetteer that knows where near is."""

    name = "leeward.library.finding"
    label = "finding"
