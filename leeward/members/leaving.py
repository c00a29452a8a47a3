"""How a member leaves: in one act, for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from leeward.members.belongings import Farewell, all_belongings
from leeward.members.models import Member

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class ItemPage:
    """Where a member can take back single things of one kind."""

    title: str | _StrPromise
    url_name: str


_item_pages: list[ItemPage] = []


def item_page(title: str | _StrPromise, url_name: str) -> None:
    """Name a page on which a member takes back single things of hers. Called from AppConfig.ready() of its room."""
    _item_pages.append(ItemPage(title, url_name))


def item_pages() -> tuple[ItemPage, ...]:
    """All such pages."""
    return tuple(_item_pages)


def leave(member: Member, farewell: Farewell) -> None:
    """Erase all that the place keeps of a member, as the farewell says, and the member.

    One transaction: either everything is gone, or nothing has happened. Upper rooms erase first, since what they keep
    points at what lower rooms keep. Afterwards nothing in the database points at her; backups follow
    docs/privacy/retention.toml.

    Args:
        member: who leaves. The caller has asked for proof and for her word that she means it.
        farewell: with every word of hers, or leaving what she wrote, unsigned.
    """
    with transaction.atomic():
        for belonging in reversed(all_belongings()):
            belonging.erase(member, farewell)
        member.delete()
