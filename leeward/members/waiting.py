"""What is said to somebody who has to wait at a door."""

from django.utils.translation import ngettext

from leeward.members.limits import TooMany


def wait_words(too_many: TooMany) -> str:
    """How long to wait, and that nothing is wrong with her account."""
    return ngettext(
        "There were many tries in a short time, so this door waits. Please come back in %(minutes)s minute. "
        "Nothing has happened to any account.",
        "There were many tries in a short time, so this door waits. Please come back in %(minutes)s minutes. "
        "Nothing has happened to any account.",
        too_many.minutes,
    ) % {"minutes": too_many.minutes}
