"""The room as Django knows it."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The index of what is shown to others, and the finding in it."""

    name = "leeward.search"
    label = "search"

    def ready(self) -> None:
        """Follow what is shared, and let what departed be forgotten."""
        from leeward.search.documents import follow_what_is_shared  # noqa: PLC0415  # models load after apps
        from leeward.search.tending import register_tending  # noqa: PLC0415  # the same

        follow_what_is_shared()
        register_tending()
