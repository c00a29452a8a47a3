"""Who wants to know that services changed: parts that keep something derived from them register here at start-up."""

from __future__ import annotations

from collections.abc import Callable, Collection

Follower = Callable[[Collection[str]], None]
"""Told the ids of services that are new, changed, retired or come back; within the writer's transaction."""

_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Be told of changed services. Called from AppConfig.ready()."""
    _followers.append(follower)


def tell(services: Collection[str]) -> None:
    """Tell all who follow. Whoever changes organisations, locations or terms names the services that show them."""
    if services:
        for follower in _followers:
            follower(services)
