"""Whether this place is the demonstration village: then every page says so, and production refuses it."""

from django.conf import settings
from django.db.models import QuerySet

from leeward.members.models import Member


def is_a_village() -> bool:
    """Whether invented people live here. In production the answer was given when the place started."""
    return not settings.PRODUCTION and holds_invented_people()


def holds_invented_people() -> bool:
    """Whether the database holds an invented member."""
    return invented_people().exists()


def invented_people() -> QuerySet[Member]:
    """The invented members."""
    return Member.objects.filter(is_invented=True)
