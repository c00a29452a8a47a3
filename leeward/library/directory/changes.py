"""Who wants to know that services changed: parts that keep something derived from them register here at start-up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db import transaction

from leeward.library.directory.gathering import Whole, Written, gathered
from leeward.library.directory.models import Service

AT_ONCE = 1_000
"""So many services are read together, and told."""

Follower = Callable[[Sequence[str], Sequence[Whole]], None]
"""Told the ids of services that are new, changed, retired or come back, and those of them that there are, retired ones
too, with all that stands around them; within the writer's transaction."""

_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Be told of changed services. Called from AppConfig.ready()."""
    _followers.append(follower)


def tell(services: Collection[str], written: Written | None = None) -> None:
    """Tell all who follow. Whoever changes organisations, locations or terms names the services that show them.

    Args:
        services: the ids of those that are new, or other than before.
        written: what the caller's transaction has just written, so that it is not read back.
    """
    ids, known = sorted(set(services)), (written or {}).get(Service, {})
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        with transaction.atomic(savepoint=False):
            found = {one.id: one for one in Service.objects.filter(id__in=[one for one in some if one not in known])}
            records: dict[str, Any] = {**known, **found}
            wholes = gathered([records[one] for one in some if one in records], written)
            for follower in _followers:
                follower(some, wholes)
