"""Saying that services were checked today, in the name of a person.

Editors may, as the host may: they are the host's own people, appointed at the machine, and a directory of a hundred
thousand services is kept true by many hands (docs/decisions/0042-the-desk-of-services.md). Lines in a crisis, rules of
countries and reviews of guides stay the host's to confirm.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from leeward.library.actions import confirm
from leeward.library.directory import changes
from leeward.library.directory.desk.models import Did, Step
from leeward.library.standing import Confirmable
from leeward.members.models import Member

MOST_AT_ONCE = 20
"""So many are checked on one page: each is to be read."""


def check(things: Collection[Confirmable], *, by: Member, name: str) -> int:
    """Record that a named person checked these services today, exactly as they stand.

    Args:
        things: of `freshness.checkables`, as they stand now.
        by: the account that does it; an editor's or a host's.
        name: the person's own name, which pages will show.

    Returns:
        How many.

    Raises:
        PermissionDenied: the account is no editor's.
        ValueError: no name was given.
    """
    ids = [thing.key.partition(":")[2] for thing in things]
    with transaction.atomic():
        count = confirm(things, by=by, name=name, editors=True)
        Step.objects.bulk_create(Step(service_id=one, did=Did.CHECKED, words=name.strip()[:500], by=by) for one in ids)
        changes.tell(ids)
    return count
