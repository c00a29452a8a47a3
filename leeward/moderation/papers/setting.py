"""What the host has switched on, and the facts of the place, as its papers name them."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from leeward.language.folders import has_screening
from leeward.members.consent_words import CONSENTS
from leeward.members.models import Member
from leeward.moderation.first_texts import first_texts_read
from leeward.moderation.hours import hours_in_own_words
from leeward.moderation.papers.facts import moderators_now
from leeward.moderation.papers.yearly import Numbers, said

ENOUGH_MODERATORS = 2
"""So many that one can hear what is said against a decision of the other."""


def conditions() -> dict[str, bool]:
    """What is so: the names after `when` in the papers' files."""
    return {
        "adults_only": settings.MINIMUM_AGE >= 18,
        "circles": apps.is_installed("leeward.circles"),
        "first_texts": first_texts_read() > 0,
        "indexing": settings.PUBLIC_INDEXING,
        "letters": settings.LETTERS_ON,
        "pictures": apps.is_installed("leeward.photos"),
        "production": settings.PRODUCTION,
        "proxy": settings.BEHIND_PROXY,
        "screening": has_screening(settings.LANGUAGE_CODE),
        "two_moderators": moderators_now() >= ENOUGH_MODERATORS,
    }


def words() -> dict[str, str]:
    """What is filled in between braces in the papers' files."""
    numbers = Numbers(timezone.localdate().year)
    return {
        "accounts": said(Member.objects.filter(is_active=True).count()),
        "consents": "; ".join(str(consent.title) for consent in CONSENTS),
        "contact": settings.PLACE_CONTACT or _("not said yet"),
        "countries": ", ".join(settings.COUNTRIES),
        "first_texts": str(first_texts_read()),
        "held": said(numbers.of("held")),
        "host": settings.PLACE_HOST,
        "judged_wrong": said(numbers.of("judged", "shown")),
        "language": settings.LANGUAGE_CODE,
        "minimum_age": str(settings.MINIMUM_AGE),
        "moderators": str(moderators_now()),
        "place": settings.PLACE_NAME,
        "reading_hours": _reading_hours(),
        "responsible": settings.PLACE_RESPONSIBLE,
        "screened": said(numbers.of("screened")),
    }


def _reading_hours() -> str:
    """When the moderators read: in the host's own words, or else as the week was set."""
    if settings.READING_HOURS or not settings.READING_TIMES:
        return hours_in_own_words()
    spans = [f"{WEEKDAYS[one.weekday]} {_clock(one.begins)}–{_clock(one.ends)}" for one in settings.READING_TIMES]
    return f"{', '.join(spans)} ({settings.TIME_ZONE})"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
