"""The part of the library as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    """Guides: written, read by a second, published, reviewed, printed."""

    name = "leeward.library.guides"
    label = "guides"

    def ready(self) -> None:
        """Register the check of the rules, what is kept of editors, and the ways to the desk and to the rules."""
        from leeward.library.guides import checks  # noqa: F401, PLC0415  # registers itself when it is read
        from leeward.library.guides.belongings import register_belongings  # noqa: PLC0415  # models load after apps
        from leeward.members import hub  # noqa: PLC0415  # the same

        hint = _("Write guides, read what others wrote, and see what is to be reviewed again.")
        hub.register(_("Guides: the editors' desk"), "guides:desk", hint, hub.For.EDITORS)
        hint = _("Say in your name which rules of leave, pay and registration are right.")
        hub.register(_("Rules of countries to confirm"), "guides:to_confirm", hint, hub.For.HOST)
        register_belongings()
