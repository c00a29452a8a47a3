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
    _register_appeals_and_tellings()
    _register_news_of_the_place()


def _register_appeals_and_tellings() -> None:
    register(
        Kind(
            "moderation.appeal",
            _("What came of my objection to a decision"),
            _("Somebody has looked again at what you asked about."),
            may_be_off=False,
        )
    )
    register(
        Kind(
            "moderation.told",
            _("Something that I should know"),
            _("Somebody who reads here has written to you."),
            may_be_off=False,
        )
    )
    for key, label, sentence in (
        ("appeal_waits", _("For moderators: somebody objects to a decision"), _("Something is to be looked at again.")),
        ("nobody_to_hear", _("For moderators: nobody is there to hear an objection"), _("A second person is needed.")),
        ("second", _("For moderators: a second reader is asked for"), _("A second reader is asked for.")),
    ):
        register(Kind(f"moderation.{key}", label, sentence, may_be_off=key != "nobody_to_hear", for_moderators=True))
    register(
        Kind(
            "moderation.opinion",
            _("For moderators: another reader has written to me"),
            _("Another reader has written."),
            for_moderators=True,
        )
    )
    register(
        Kind(
            "moderation.concern",
            _("For moderators: a concern asks for a second person"),
            _("A second reader is asked for."),
            for_moderators=True,
        )
    )


def _register_news_of_the_place() -> None:
    register(
        Kind(
            "moderation.rush",
            _("For the host: very many people joined"),
            _("Something to look at for those who keep this place."),
            may_be_off=False,
        )
    )
    register(
        Kind(
            "moderation.locked",
            _("For the host: something was locked"),
            _("Something to look at for those who keep this place."),
            may_be_off=False,
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
