"""The ways from `/me/` into this room."""

from django.utils.translation import gettext_lazy as _

from leeward.members import hub


def register_ways() -> None:
    """Register them. Called at start-up."""
    hub.register(_("People I choose"), "audience:chosen", _("Who may read what you show to the people you choose."))
    hub.register(_("What I want to be spared"), "audience:shields", _("Kept out of lists, search and letters."))
    hub.register(_("Whom I do not want to meet"), "audience:blocks", _("Felt both ways, told to nobody."))
