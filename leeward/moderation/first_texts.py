"""First texts: what a new member writes is read by a person before others see it."""

from __future__ import annotations

from django.conf import settings
from django.db.models import F, QuerySet

from leeward.kit.statements import asked
from leeward.language.folders import has_screening
from leeward.members.models import Member
from leeward.moderation.arrivals import READ_IN_A_RUSH, joined_in_a_rush
from leeward.moderation.looked_at import is_looked_at
from leeward.moderation.models import FirstTexts

LEAST_WITHOUT_SCREENING = 5
"""How many first texts a person reads at the least where there is no screening for the place's language."""


def must_be_read_first(member: Member, kind: str = "") -> bool:
    """Whether a person reads what this member writes now before others see it.

    So it is until a person has released as many of her texts as the host set (`FIRST_TEXTS_READ`), and five if she
    joined on a day on which very many did. What waits does not count: else the next text would slip past. Moderators
    and the host are trusted. Photos are counted apart: whose texts are known is still new to photos.

    Args:
        member: who writes.
        kind: what it is, as "stories.picture"; "" for any text.
    """
    if member.is_moderator or member.is_host:
        return False
    released = next((count for (count,) in _released(_count_of(kind), member=member.pk)), 0)
    if released < (settings.FIRST_PHOTOS_READ if is_looked_at(kind) else first_texts_read()):
        return True
    return released < READ_IN_A_RUSH and joined_in_a_rush(member)


def first_texts_read() -> int:
    """How many first texts a person reads: what the host set, and never none where no machine reads the language."""
    least = 0 if has_screening(settings.LANGUAGE_CODE) else LEAST_WITHOUT_SCREENING
    return max(settings.FIRST_TEXTS_READ, least)


@asked
def _released(column: str, *, member: int) -> QuerySet[FirstTexts, tuple[int]]:
    return FirstTexts.objects.filter(member_id=member).values_list(column)


def count_released(member: Member, kind: str) -> None:
    """One more text of hers was read and released, or one more photo seen."""
    FirstTexts.objects.get_or_create(member=member)
    FirstTexts.objects.filter(member=member).update(**{_count_of(kind): F(_count_of(kind)) + 1})


def _count_of(kind: str) -> str:
    return "photos_released" if is_looked_at(kind) else "released"
