"""Trying the links of services, gently and in the background: nothing on a page ever waits for it.

A few addresses at a time, never two of one host in a round. Only what the server answers counts; nothing of the page is
read, no cookie is kept, and the request says nothing of who is here or why: it is the one that this place would make
for any reader who follows the link, and tells the site only that this place links to it. A host may turn it off
(LEEWARD_CHECK_LINKS).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from leeward.kit.moments import DAY, HOUR, now_us
from leeward.library.directory.desk.link_uses import addresses_of, digest_of
from leeward.library.directory.desk.models import Entry, Link, LinkUse
from leeward.library.directory.models import Service
from leeward.library.fetching import FetchRefused, MayReach, public_only, reach

IN_A_ROUND = 5
"""So many addresses are asked in a round of tending, every five minutes: 1,440 a day at most."""
LEARNT_IN_A_ROUND = 200
"""Of so many services it is looked up which addresses they show, while few addresses wait."""
SECONDS = 8.0
"""A site is not waited for longer."""
LONGEST_ROUND = 25.0
"""Seconds after which a round asks no more: letters wait behind it."""
AFTER_ANSWER = 60 * DAY
"""An address that answered is asked again after this time, or when its turn comes among all others."""
AFTER_FAILURES = (2 * DAY, 3 * DAY, 7 * DAY)
"""After the first failure, the second, and each that follows. The third counts: five days lie between."""
_THERE = frozenset({401, 402, 403, 405, 406, 407, 412, 415, 428, 429, 451})
"""Answers of sites that do not let a machine in, or not now: they are there."""
_FROM_HERE_ON_TROUBLE = 400


def check_in_background() -> int:
    """A round of tending; nothing where the host turned it off. How many addresses were asked."""
    return sum(1 for _link in check_some(IN_A_ROUND)) if settings.CHECK_LINKS else 0


def check_some(most: int, *, may_reach: MayReach = public_only, longest: float = LONGEST_ROUND) -> Iterator[Link]:
    """Try addresses whose time has come, the longest waiting first, no host twice.

    Args:
        most: how many at most.
        may_reach: which addresses of the network are allowed.
        longest: seconds after which no more are asked.

    Yields:
        Each address, when its answer is kept.
    """
    _learn_some(most)
    end = time.monotonic() + longest
    for link in _of_several_hosts(most):
        if time.monotonic() > end:
            return
        _keep(link, _trouble_with(link.address, may_reach))
        yield link


def _learn_some(most: int) -> None:
    """Look up which addresses services show that changed, or were not looked at for long."""
    if Link.objects.filter(ask_again_at__lte=now_us())[: most * 10].count() >= most * 10:
        return
    entries = Entry.objects.filter(retired=False).order_by("links_at", "service")
    ids = list(entries.values_list("service_id", flat=True)[:LEARNT_IN_A_ROUND])
    with transaction.atomic():
        shown = addresses_of(list(Service.objects.filter(pk__in=ids, retired_at=None)))
        _note_uses(ids, {one: {digest_of(address): address for address in found} for one, found in shown.items()})
        Entry.objects.filter(pk__in=ids).update(links_at=now_us())


def _note_uses(ids: list[str], shown: dict[str, dict[str, str]]) -> None:
    uses = LinkUse.objects.filter(service_id__in=ids).values_list("pk", "service_id", "link__digest")
    known = {(service, digest): pk for pk, service, digest in uses}
    gone = [pk for (service, digest), pk in known.items() if digest not in shown.get(service, {})]
    LinkUse.objects.filter(pk__in=gone).delete()
    new = [(one, digest, address) for one, found in shown.items() for digest, address in found.items()]
    new = [row for row in new if row[:2] not in known]
    made = [Link(address=address, digest=digest, asked_at=0, ask_again_at=now_us()) for _one, digest, address in new]
    Link.objects.bulk_create({link.digest: link for link in made}.values(), ignore_conflicts=True)
    numbers = dict(Link.objects.filter(digest__in=[row[1] for row in new]).values_list("digest", "pk"))
    made_uses = [LinkUse(link_id=numbers[digest], service_id=one) for one, digest, _address in new]
    LinkUse.objects.bulk_create(made_uses, ignore_conflicts=True)


def _of_several_hosts(most: int) -> list[Link]:
    """Those to ask now. Others of the same hosts are put off for an hour, so that they keep nobody waiting."""
    due = list(Link.objects.filter(ask_again_at__lte=now_us()).order_by("ask_again_at", "pk")[: most * 10])
    chosen: dict[str, Link] = {}
    put_off = []
    for link in due:
        host = urlsplit(link.address).netloc.lower()
        if host in chosen:
            put_off.append(link.pk)
        elif len(chosen) < most:
            chosen[host] = link
    Link.objects.filter(pk__in=put_off).update(ask_again_at=now_us() + HOUR)
    return list(chosen.values())


def _trouble_with(address: str, may_reach: MayReach) -> str:
    """Why nobody can read what is there, in words; "" if it is there, or would not tell a machine."""
    try:
        status = reach(address, may_reach=may_reach, seconds=SECONDS)
    except FetchRefused as refused:
        return "" if refused.status in _THERE else str(refused)
    if status < _FROM_HERE_ON_TROUBLE or status in _THERE:
        return ""
    return _("It answered %(status)d.") % {"status": status}


def _keep(link: Link, trouble: str) -> None:
    """Keep what came of it. An address that no service shows any more is forgotten."""
    if not link.uses.exists():
        link.delete()
        return
    now = now_us()
    link.asked_at, link.reason = now, trouble[:300]
    if trouble:
        link.failures = min(link.failures + 1, 1_000)
        link.first_failed_at = link.first_failed_at or now
        link.ask_again_at = now + AFTER_FAILURES[min(link.failures, len(AFTER_FAILURES)) - 1]
    else:
        link.failures, link.first_failed_at, link.ask_again_at = 0, None, now + AFTER_ANSWER
    link.save()
