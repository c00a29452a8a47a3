"""What waits on the village's desk of services: changes, one that the directory changed too, words of members, a link.

Nothing was ever checked by a real person: the one check says in its name that it is invented.
"""

from __future__ import annotations

from typing import Any

from leeward.kit.moments import DAY, now_us
from leeward.library.directory import changes
from leeward.library.directory.checking import digest_of
from leeward.library.directory.desk.checking import check
from leeward.library.directory.desk.editing import At, as_seen, change, seen_in
from leeward.library.directory.desk.link_uses import FAILS_AFTER
from leeward.library.directory.desk.link_uses import digest_of as link_digest
from leeward.library.directory.desk.models import Link, LinkUse, Wrong
from leeward.library.directory.desk.told import tell
from leeward.library.directory.freshness import checkables
from leeward.library.directory.models import Service
from leeward.members.models import Member

CHECKED_BY = "Linden Marsh (invented)"


def keep_services_desk(editor: Member, members: tuple[Member, Member]) -> None:
    """Let the desk have something of each kind.

    Args:
        editor: who changes services.
        members: two who say that one of them is no longer as it is shown.
    """
    services = list(Service.objects.filter(data__status="active", data__has_key="wait_time").order_by("id")[:5])
    mended, differing, told, failing, checked = services
    _write(mended, editor, alert="The entrance is at the side until the roof is mended.")
    _write(differing, editor, wait_time="About three weeks, they said when we rang.")
    differing.refresh_from_db()
    differing.data = {**differing.data, "wait_time": "Two weeks"}
    differing.digest = digest_of(differing.data)
    differing.save(update_fields=["data", "digest"])
    first, second = members
    tell(told, what=Wrong.NUMBER, words="It rings, and a bakery answers. They were kind about it.", by=first)
    tell(told, what=Wrong.CLOSED, words="A note on the door says they moved to the harbour in spring.", by=second)
    _fail(failing)
    changes.tell([differing.pk, failing.pk])
    check(list(checkables([checked]).values()), by=editor, name=CHECKED_BY)


def _write(service: Service, editor: Member, **values: Any) -> None:
    change(At(service, "service", service.pk), values, seen=seen_in(as_seen(service, values)), by=editor)


def _fail(service: Service) -> None:
    address = str(service.data["url"])
    now = now_us()
    link = Link.objects.create(
        address=address,
        digest=link_digest(address),
        asked_at=now - DAY,
        ask_again_at=now + 6 * DAY,
        failures=FAILS_AFTER,
        first_failed_at=now - 6 * DAY,
        reason="It answered 404.",
    )
    LinkUse.objects.create(link=link, service=service)
