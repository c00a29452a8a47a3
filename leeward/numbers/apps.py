"""The room as Django knows it."""

from django.apps import AppConfig


class NumbersConfig(AppConfig):
    """Numbers that betray no one."""

    name = "leeward.numbers"
    label = "numbers"

    def ready(self) -> None:
        """Register what is kept, its pages, and what goes when an agreement is taken back."""
        from leeward.numbers.registering import register_room  # noqa: PLC0415  # models load after apps

        register_room()
