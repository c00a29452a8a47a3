"""What is kept from a member: what she asked, what is preset because of what she told, and more on a hard day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from leeward.audience.models import Shield
from leeward.audience.notes import NOTES, mask_of
from leeward.kit.moments import MICROSECONDS, now_us
from leeward.kit.statements import asked

if TYPE_CHECKING:
    from leeward.members.models import Member

ALL_NOTES = sum(note.bit for note in NOTES)

HARD_DAY = mask_of(
    (
        # What others have, and she has not.
        "pregnancy_current",
        "pregnancy_announcement",
        "ultrasound",
        "bump",
        "birth_live",
        "living_child",
        "shower_naming",
        "success_story",
        "embryo_results",
        # What is told so closely that it takes the reader along.
        "loss_detail",
        "medical_detail",
        "neonatal",
        "traumatic_birth",
        "suicide_self_harm",
        "alcohol_drugs",
        "abuse_violence",
        "graphic",
    )
)
"""What is kept from her besides her own on a hard day. Not what only names a way of losing (a pregnancy that was ended,
a uterus taken out): on a hard day people on the same way are needed most. Nor a photo of a baby who died, with love."""

KEPT_COLUMNS = ("notes", "by_hand", "hard_until", "seen", "edition")
"""Of Shield: what Kept is made of, in its order."""
_NIGHT_FROM, _NIGHT_UNTIL = 18, 6
"""Said in the evening, from this hour on, a hard day ends in the morning at that hour: the night belongs to it."""


@dataclass(frozen=True)
class Kept:
    """What is kept from a member, as bit masks: a row of Shield, or that there is none."""

    notes: int = 0
    by_hand: int = 0
    hard_until: int = 0
    seen: int = 0
    edition: int = 0

    @property
    def is_hard(self) -> bool:
        """Whether today is hard."""
        return self.hard_until > now_us()

    @property
    def now(self) -> int:
        """What is kept from her at this moment."""
        return self.notes | HARD_DAY if self.is_hard else self.notes

    @property
    def preset(self) -> int:
        """What is kept from her because of what she told, and not by her own hand."""
        return self.notes & ~self.by_hand

    @property
    def gone(self) -> int:
        """What was kept from her because of what she told, and no longer is."""
        return self.seen & ~self.notes & ~self.by_hand

    @property
    def has_news(self) -> bool:
        """Whether what follows her journey is not what she was shown last."""
        return bool(self.preset & ~self.seen or self.gone)


def kept_of(member: Member) -> Kept:
    """What is kept from a member. One question to the database."""
    return next((Kept(*row) for row in _kept(member=member.pk)), Kept())


@asked
def _kept(*, member: int) -> QuerySet[Shield, tuple[int, int, int, int, int]]:
    return Shield.objects.filter(member_id=member).values_list(*KEPT_COLUMNS)


def end_of_hard_day() -> int:
    """When a hard day that is said now ends by itself, in microseconds: at midnight where the place is.

    Said in the evening, in the morning: nobody should meet at midnight what she could not bear at eleven.
    """
    here = timezone.localtime()
    tomorrow = here.date() + datetime.timedelta(days=1)
    hour = _NIGHT_UNTIL if here.hour >= _NIGHT_FROM else 0
    end = datetime.datetime.combine(tomorrow, datetime.time(hour), tzinfo=here.tzinfo)
    return int(end.timestamp()) * MICROSECONDS
