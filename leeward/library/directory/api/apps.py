"""The part of the directory as Django knows it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The directory for programs: the API of HSDS, and the whole as a file."""

    name = "leeward.library.directory.api"
    label = "directory_api"

    def ready(self) -> None:
        """Follow the directory."""
        from leeward.library.directory import changes  # noqa: PLC0415  # models load after apps
        from leeward.library.directory.api.following import refresh  # noqa: PLC0415  # the same

        changes.follow(refresh)
