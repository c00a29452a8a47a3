"""The part of the library as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesDeskConfig(AppConfig):
    """The editors' desk of services: what is due, what was changed here, and what people say is no longer so."""

    name = "leeward.library.directory.desk"
    label = "services_desk"

    def ready(self) -> None:
        """Follow the directory; register what is kept of members, what is deleted when, and the way to the desk."""
        from leeward.library.directory import changes  # noqa: PLC0415  # models load after apps
        from leeward.library.directory.desk.belongings import register_belongings  # noqa: PLC0415  # the same
        from leeward.library.directory.desk.entries import refresh  # noqa: PLC0415  # the same
        from leeward.members import hub  # noqa: PLC0415  # the same

        changes.follow(refresh)
        hint = _("Check what is due, mend what has changed, and read what people say is no longer so.")
        hub.register(_("Services: the editors' desk"), "directory:desk", hint, hub.For.EDITORS)
        register_belongings()
