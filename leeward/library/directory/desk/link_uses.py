"""Which services show which addresses, and which of those do not answer."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from leeward.library.directory.desk.models import LinkUse
from leeward.library.directory.models import Organization, Service

FAILS_AFTER = 3
"""An address counts as failing when it did not answer so many times in a row, with days between."""


def digest_of(address: str) -> str:
    """A short name of an address, by which it is found again."""
    return hashlib.blake2b(address.encode(errors="replace"), digest_size=16).hexdigest()


def addresses_of(services: Collection[Service]) -> dict[str, list[str]]:
    """The addresses of the web that the page of each links to, by its id. One question."""
    names = {service.organization_id for service in services} - {""}
    of = {one.id: one.overlaid.get("website") for one in Organization.objects.filter(id__in=names)} if names else {}
    return {service.id: _addresses(service.overlaid, of.get(service.organization_id)) for service in services}


def _addresses(data: Mapping[str, Any], website: object) -> list[str]:
    also = data.get("additional_urls")
    rows = [row.get("url") for row in also if isinstance(row, dict)] if isinstance(also, list) else []
    found = (one.strip() for one in (data.get("url"), website, *rows) if isinstance(one, str))
    return list(dict.fromkeys(one for one in found if one.lower().startswith(("https://", "http://"))))[:10]


def drop_unused(ids: Collection[str]) -> None:
    """Forget addresses that did not answer where services no longer show them."""
    uses = list(LinkUse.objects.filter(service_id__in=ids, link__failures__gt=0).select_related("link"))
    if uses:
        shown = addresses_of(list(Service.objects.filter(id__in={use.service_id for use in uses})))
        gone = [use.pk for use in uses if use.link.address not in shown.get(use.service_id, ())]
        LinkUse.objects.filter(pk__in=gone).delete()


def failing_uses(ids: Collection[str]) -> dict[str, list[LinkUse]]:
    """The addresses of each that fail, by its id; those that failed once or twice are given time."""
    found: dict[str, list[LinkUse]] = {}
    uses = LinkUse.objects.filter(service_id__in=ids, link__failures__gte=FAILS_AFTER).select_related("link")
    for use in uses.order_by("pk"):
        found.setdefault(use.service_id, []).append(use)
    return found
