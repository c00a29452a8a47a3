"""What rings a bell from this room."""

from django.utils.translation import gettext_lazy as _

from leeward.notifications.kinds import Kind, register


def register_announcements() -> None:
    """Register the kinds of notice."""
    register(
        Kind("moderation.released", _("What I wrote has been read and is shown now"), _("What you wrote is shown now."))
    )
    register(
        Kind(
            "moderation.decided",
            _("A decision about something that I wrote"),
            _("There is a decision about something that you wrote."),
            may_be_off=False,
        )
    )
    register(
        Kind(
            "moderation.outcome",
            _("What became of something that I reported"),
            _("Somebody has looked at what you pointed out."),
        )
    )
    register(
        Kind(
            "moderation.urgent",
            _("For moderators: something urgent waits"),
            _("Something waits for you."),
            for_moderators=True,
        )
    )
    register(Kind("moderation.care", _("Something that may help tonight"), _("Something here may help you.")))
    register(
        Kind(
            "moderation.held",
            _("A person will read what I wrote first"),
            _("Something that you wrote waits to be read by a person."),
        )
    )
    register(
        Kind(
            "moderation.rules",
            _("The rules of the house have changed"),
            _("The rules of this place have changed."),
            may_be_off=False,
        )
    )
