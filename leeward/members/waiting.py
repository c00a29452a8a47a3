"""What is said to somebody who has to wait at a door."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.members.limits import TooMany
from leeward.members.pace import TooOften, VeryManyJoin


def wait_words(too_many: TooMany) -> str:
    """How long to wait, and that nothing is wrong with her, her account or her words."""
    if isinstance(too_many, TooOften):
        return _("This is as much as the place takes from one person in a short time. You can send it in %(time)s.") % {
            "time": time_in_words(too_many.minutes)
        }
    if isinstance(too_many, VeryManyJoin):
        return _(
            "Very many people are joining just now, more than can be welcomed well. "
            "It has nothing to do with you. Please come back in %(time)s."
        ) % {"time": time_in_words(too_many.minutes)}
    return ngettext(
        "There were many tries in a short time, so this door waits. Please come back in %(minutes)s minute. "
        "Nothing has happened to any account.",
        "There were many tries in a short time, so this door waits. Please come back in %(minutes)s minutes. "
        "Nothing has happened to any account.",
        too_many.minutes,
    ) % {"minutes": too_many.minutes}


def time_in_words(minutes: int) -> str:
    """Some minutes, or about so many hours."""
    if minutes < 90:
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
    hours = round(minutes / 60)
    return ngettext("about %(number)s hour", "about %(number)s hours", hours) % {"number": hours}
