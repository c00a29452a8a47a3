"""Who wants to know that services changed: parts that keep something derived from them register here at start-up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from django.db import transaction

from leeward.library.directory.gathering import Whole, gathered
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


def tell(services: Collection[str]) -> None:
    """Tell all who follow. Whoever changes organisations, locations or terms names the services that show them."""
    ids = sorted(set(services))
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        with transaction.atomic(savepoint=False):
            wholes = gathered(Service.objects.filter(id__in=some).order_by("id"))
            for follower in _followers:
                follower(some, wholes)
