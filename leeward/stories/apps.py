"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    """Stories told, answered and taken back."""

    name = "leeward.stories"
    label = "stories"

    def ready(self) -> None:
        """Register what is kept of members, and what rings their bell."""
        from leeward.members import hub  # noqa: PLC0415  # models load after apps
        from leeward.members.leaving import item_page  # noqa: PLC0415  # the same
        from leeward.moderation.greeting.first_words import register_first_texts  # noqa: PLC0415  # the same
        from leeward.stories.announcements import register_announcements  # noqa: PLC0415  # the same
        from leeward.stories.belongings import register_belongings  # noqa: PLC0415  # the same
        from leeward.stories.finding import register_finding  # noqa: PLC0415  # the same
        from leeward.stories.greeting import unanswered_first_stories  # noqa: PLC0415  # the same
        from leeward.stories.jointly.registering import register_telling_together  # noqa: PLC0415  # the same
        from leeward.stories.losses import register_losses  # noqa: PLC0415  # the same
        from leeward.stories.models import Story  # noqa: PLC0415  # the same
        from leeward.stories.picture_belongings import register_pictures  # noqa: PLC0415  # the same
        from leeward.stories.picture_looking import register_picture_looking  # noqa: PLC0415  # the same
        from leeward.stories.quoting.registering import register_quoting  # noqa: PLC0415  # the same
        from leeward.stories.together.registering import register_reading_together  # noqa: PLC0415  # the same

        register_belongings()
        register_telling_together()  # what is registered later goes first: what two tell is one's again before it goes
        register_announcements()
        register_quoting()
        register_losses()
        register_finding()
        register_first_texts(Story, unanswered_first_stories)
        register_pictures()
        register_picture_looking()
        hub.register(_("My words"), "stories:mine", _("Stories, drafts and answers, to change or take back."))
        item_page(_("My stories and answers"), "stories:mine")
        register_reading_together()
