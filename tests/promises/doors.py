"""Every address of the place, with its parameters filled in by what a guesser would try."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver

from leeward.audience.shared import Shared
from leeward.audience.things import kind_of

LEAVING = "leave/"


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the place, as written in the rooms' lists, with its pattern."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


def addresses(resolver: URLResolver, things: Iterable[Shared]) -> Iterator[str]:
    """Every address that a guesser would try, for each of the things.

    Last comes the one that ends a session: what came after it would be asked for by a stranger.
    """
    for route in sorted((route for route, _pattern in patterns(resolver)), key=LEAVING.__eq__):
        filled = {_fill(route, thing) for thing in things}
        yield from sorted("/" + address for address in filled)


def _fill(route: str, thing: Shared) -> str:
    for name, value in {
        "<slug:ref>": thing.ref,
        "<str:ref>": thing.ref,
        "<str:kind>": kind_of(thing),
        "<slug:kind>": kind_of(thing),
        "<int:pk>": str(thing.pk),
        "<slug:country>": "gb",
        "<str:country>": "gb",
        "<slug:slug>": "now",
        "<path:service_id>": "guessed",
        "<path:organization_id>": "guessed",
        "<slug:part>": "words",
        "<path:record>": "guessed",
        "<slug:size>": "small",
        "<slug:ticket>": "1e0-guessed",
        "<slug:table>": "kind-now",
        "<slug:step>": "now",
        "<slug:language>": "de",
        "<path:rest>": "services",
        "<country:code>": "gb",
        "<str:purpose>": "journey",
        "<str:token>": "guessed",
        "<str:how>": "everything",
        "<int:number>": "1",
        "<int:year>": "2026",
    }.items():
        route = route.replace(name, value)
    assert "<" not in route, f"tests/promises/doors.py does not know how to fill in {route}"
    return route
