"""The part of the library as Django knows it."""

from django.apps import AppConfig


class FindingConfig(AppConfig):
    """Finding a service that fits, near her; and the gazetteer that knows where near is."""

    name = "leeward.library.finding"
    label = "finding"

    def ready(self) -> None:
        """Follow the directory."""
        from leeward.library.finding.following import register_following  # noqa: PLC0415  # models load after apps

        register_following()
