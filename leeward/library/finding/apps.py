"""The part of the library as Django knows it."""

from django.apps import AppConfig


class FindingConfig(AppConfig):
    """Finding a service that fits, near her; and the gazetteer that knows where near is."""

    name = "leeward.library.finding"
    label = "finding"

    def ready(self) -> None:
        """Follow the directory, and let its API ask here."""
        from leeward.library.finding.following import register_following  # noqa: PLC0415  # models load after apps
        from leeward.library.finding.for_programs import register_seeking  # noqa: PLC0415  # the same

        register_following()
        register_seeking()
