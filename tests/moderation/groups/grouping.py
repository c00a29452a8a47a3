"""Opening and settling groups, for tests."""

from __future__ import annotations

import re

from django.test import Client

from leeward.members.models import Member
from leeward.moderation.actions import Ruling, decide_together, open_together
from leeward.moderation.models import (
    Act,
    Case,
)
from tests.moderation.casework import seen

BLAME = Ruling(Act.REMOVE, "kind", "It says that she is to blame.")


def stamps(cases: list[Case]) -> dict[int, int]:
    return {case.pk: stamp for case in cases if (stamp := seen(case)) is not None}


def settle(cases: list[Case], moderator: Member, ruling: Ruling = BLAME) -> int:
    open_together(cases, moderator=moderator)
    return decide_together(cases, moderator=moderator, ruling=ruling, seen=stamps(cases))


def opened_page(client: Client, query: str = "") -> str:
    """The page of the only group in the queue, opened."""
    link = re.search(r"/moderation/groups/\w+/", client.get("/moderation/").content.decode())
    assert link is not None
    client.post(f"{link[0]}open/")
    return client.get(link[0] + query).content.decode()


def values_on(page: str, *, ticked: bool = False) -> list[str]:
    boxes = re.findall(r'<input type="checkbox" name="case" value="([^"]+)"( checked)?>', page)
    return [value for value, checked in boxes if checked or not ticked]
