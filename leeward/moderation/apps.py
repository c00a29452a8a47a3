"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """First texts, reports and decisions."""

    name = "leeward.moderation"
    label = "moderation"

    def ready(self) -> None:
        """Register what is kept of members, and what rings their bell."""
        from leeward.members import hub, names  # noqa: PLC0415  # models load after apps
        from leeward.moderation.announcements import register_announcements  # noqa: PLC0415  # the same
        from leeward.moderation.appeal_belongings import register_appeal_belongings  # noqa: PLC0415  # the same
        from leeward.moderation.belongings import register_belongings  # noqa: PLC0415  # the same
        from leeward.moderation.greeting.registering import register_greeting  # noqa: PLC0415  # the same
        from leeward.moderation.keeper_belongings import register_keepers  # noqa: PLC0415  # the same
        from leeward.moderation.names import check_name  # noqa: PLC0415  # the same
        from leeward.moderation.papers.belongings import register_papers  # noqa: PLC0415  # the same
        from leeward.moderation.sent import register_sent  # noqa: PLC0415  # the same

        names.register_check(check_name)
        register_belongings()
        register_appeal_belongings()
        register_papers()
        register_keepers()
        register_greeting()
        register_sent()
        register_announcements()
        waiting, hint = _("What waits for moderators"), _("First texts and reports, urgent ones first.")
        hub.register(waiting, "moderation:queue", hint, hub.For.MODERATORS)
        desk, spared = _("My desk"), _("What I am spared, how much a day, and notes to myself.")
        hub.register(desk, "moderation:desk", spared, hub.For.MODERATORS)
        hub.register(_("Log of decisions"), "moderation:log", _("What was decided, without persons."), hub.For.HOST)
        unwanted = _("Words I would rather not meet")
        hub.register(unwanted, "moderation:phrases", _("In answers to what I tell."))
        objections, again = _("Objections to decisions"), _("What somebody asks to be looked at again.")
        hub.register(objections, "moderation:appeals", again, hub.For.HOST)
        hub.register(
            _("What is locked"), "moderation:locked", _("What the law may not allow, and what to do."), hub.For.HOST
        )
        hub.register(_("What of mine waits"), "moderation:waiting", _("What others do not see yet, and until when."))
        hub.register(_("Decisions"), "moderation:mine", _("About what I wrote, and what I pointed out."))
        routes, written = _("When someone is in danger"), _("Written routes, and lines to pass on.")
        hub.register(routes, "moderation:routes", written, hub.For.MODERATORS)
        papers, kept = _("The papers of this place"), _("Rules, reports, assessments, texts for emergencies.")
        hub.register(papers, "moderation:papers", kept, hub.For.HOST)
