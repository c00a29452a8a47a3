"""What rings a member's bell from this room."""

from django.utils.translation import gettext_lazy as _

from leeward.audience.actions import when_blocked
from leeward.moderation.actions import when_released
from leeward.notifications.kinds import Kind, register
from leeward.stories.actions.answering import tell_the_author
from leeward.stories.actions.following import GOES_ON, end_between, tell_followers
from leeward.stories.models import Answer, Chapter


def register_announcements() -> None:
    """Register the kinds of notice, and what is announced when it was read and is shown. A block ends following."""
    register(Kind("stories.answer", _("Someone answers my story"), _("Someone has answered you.")))
    register(Kind("stories.until", _("The last day of a story comes near"), _("A day that you set comes near.")))
    register(Kind(GOES_ON, _("A story that I follow goes on"), _("A story that you follow goes on.")))
    when_released(Answer, tell_the_author)
    when_released(Chapter, tell_followers)
    when_blocked(end_between)
