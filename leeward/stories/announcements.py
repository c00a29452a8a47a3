"""What rings a member's bell from this room."""

from django.utils.translation import gettext_lazy as _

from leeward.moderation.actions import when_released
from leeward.notifications.kinds import Kind, register
from leeward.stories.actions.answering import tell_the_author
from leeward.stories.models import Answer


def register_announcements() -> None:
    """Register the kinds of notice, and that an answer is announced when a person has read and released it."""
    register(Kind("stories.answer", _("Someone answers my story"), _("Someone has answered you.")))
    when_released(Answer, tell_the_author)
