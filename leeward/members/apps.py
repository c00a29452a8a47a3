"""The room as Django knows it."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Members."""

    name = "leeward.members"
    label = "members"

    def ready(self) -> None:
        """Register what this room keeps of a member, and how it is tended."""
        from leeward.members.own_belongings import register_own_belongings  # noqa: PLC0415  # models load after apps
        from leeward.members.tending import register_own_tasks  # noqa: PLC0415  # the same

        register_own_belongings()
        register_own_tasks()
