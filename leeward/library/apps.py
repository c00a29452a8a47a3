"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """Help now: lines and emergency numbers, and what the host confirmed of them."""

    name = "leeward.library"
    label = "library"

    def ready(self) -> None:
        """Register the check of the lines, and the host's way to confirm them."""
        from leeward.library import checks  # noqa: F401, PLC0415  # registers itself when it is read
        from leeward.library.for_moderators import lines_to_pass_on  # noqa: PLC0415  # models load after apps
        from leeward.members import hub  # noqa: PLC0415  # the same
        from leeward.moderation.papers.lines import register_lines  # noqa: PLC0415  # the same

        hint = _("Say in your name which lines and numbers are right; those of your countries come first.")
        hub.register(_("Lines to confirm"), "library:confirm", hint, hub.For.HOST)
        register_lines(lines_to_pass_on)
