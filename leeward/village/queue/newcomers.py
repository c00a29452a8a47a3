"""Make those who came lately, and the second moderator."""

from __future__ import annotations

import datetime
from typing import Any

from leeward.members.models import Member, today
from leeward.moderation.models import FirstTexts
from leeward.village.names import ref_of


def make_newcomer(table: dict[str, Any]) -> Member:
    """An invented member who joined so many days ago. Nobody can sign in as her."""
    member = Member(
        name=table["name"],
        ref=ref_of(table["name"]),
        is_invented=True,
        is_moderator=table.get("moderates", False),
        joined_on=today() - datetime.timedelta(days=table["days_ago"]),
    )
    member.set_unusable_password()
    member.save()
    if table.get("released"):
        FirstTexts.objects.create(member=member, released=table["released"])
    return member
