"""Small invented records of HSDS, and what reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leeward.library.directory.bringing_in import bring_in
from leeward.library.directory.giving_out import trees
from leeward.library.directory.models import CORE, LooseRow, Source
from leeward.library.directory.outcome import Outcome
from leeward.library.directory.reading.found import Fault, Origin, Read
from leeward.library.directory.telling import chunks_of

Tree = dict[str, Any]


def organization(**told: Any) -> Tree:
    return {"id": "o1", "name": "The Lamp", "description": "It burns.", **told}


def location(**told: Any) -> Tree:
    return {"id": "l1", "location_type": "physical", "name": "Lamp House", **told}


def term(**told: Any) -> Tree:
    detail = {"id": "x1", "name": "need", "description": "What is needed."}
    return {"id": "t1", "code": "group", "name": "Group", "description": "A group.", "taxonomy_detail": detail, **told}


def service(**told: Any) -> Tree:
    return {
        "id": "s1",
        "name": "Evening group",
        "status": "active",
        "description": "A quiet room.",
        "organization": organization(),
        "phones": [
            {"id": "p1", "number": "01632 960000", "languages": [{"id": "g1", "code": "en", "name": "English"}]}
        ],
        "attributes": [{"id": "a1", "link_entity": "service", "taxonomy_term": term()}],
        "service_at_locations": [{"id": "sl1", "location": location()}],
        **told,
    }


def plain(one: str, **told: Any) -> Tree:
    return {"id": one, "name": f"Service {one}", "status": "active", **told}


def source(key: str = "county") -> Source:
    return Source.objects.get_or_create(key=key, defaults={"name": key})[0]


def reads(*found: Tree | Fault | Read, kind: str = "service") -> Iterator[Read | Fault]:
    for line, one in enumerate(found, start=1):
        yield one if isinstance(one, Fault | Read) else Read(kind, one, Origin("county.jsonl", line, 1))


def brought(*found: Tree | Fault | Read, of: str = "county", kind: str = "service", **how: Any) -> Outcome:
    return bring_in(source(of), chunks_of(reads(*found, kind=kind)), **how)


def kept() -> dict[tuple[str, str], Tree]:
    """Every record as it was brought in."""
    return {(kind, record.id): record.data for kind, model in CORE.items() for record in model._default_manager.all()}


def given() -> list[Tree]:
    return [tree for _kind, tree in trees()]


def emptied() -> None:
    for model in CORE.values():
        rows = model._default_manager.all()
        rows._raw_delete(rows.db)  # what others derive from them is no matter of these tests
    LooseRow.objects.all().delete()
