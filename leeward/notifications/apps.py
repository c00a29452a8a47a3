"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """What happened for a member: the bell and letters."""

    name = "leeward.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Register what is kept of members, and for how long."""
        from leeward.audience.changing import when_gone  # noqa: PLC0415  # models load after apps
        from leeward.members import hub  # noqa: PLC0415  # the same
        from leeward.notifications.actions import forget_gone  # noqa: PLC0415  # the same
        from leeward.notifications.belongings import register_belongings  # noqa: PLC0415  # the same

        register_belongings()
        when_gone(forget_gone)
        hub.register(_("What I hear of"), "notifications:preferences", _("The bell, and letters: each kind on or off."))
