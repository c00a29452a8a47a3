"""Records of our own making, as JSON and as tables, for tests of reading."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from leeward.library.directory.reading.found import Fault, Read
from leeward.library.directory.reading.reader import read

SERVICE: dict[str, Any] = {
    "id": "s1",
    "name": "A room to talk",
    "status": "active",
    "phones": [{"id": "p1", "number": "01632 960000"}],
}
ORGANIZATION = {"id": "o1", "name": "Lantern", "description": "People who know it.", "website": "https://l.example"}
LOCATION = {"id": "l1", "location_type": "physical", "latitude": 56.3, "longitude": -12.4}
PLACE = {"id": "sl1", "service_id": "s1", "location_id": "l1"}
TAXONOMY = {"id": "t1", "name": "Needs", "description": "What it is.", "version": "1"}
TERM = {"id": "tt1", "name": "Group", "description": "With others.", "code": "group", "taxonomy_id": "t1"}
PROGRAM = {"id": "pr1", "name": "Nights", "description": "All of them.", "organization_id": "o1"}
OF_EACH: dict[str, dict[str, Any]] = {
    "service": SERVICE,
    "organization": ORGANIZATION,
    "location": LOCATION,
    "service_at_location": PLACE,
    "taxonomy": TAXONOMY,
    "taxonomy_term": TERM,
    "program": PROGRAM,
}

TABLES: dict[str, list[dict[str, Any]]] = {
    "services.csv": [
        {"id": "s1", "organization_id": "o1", "name": "Talk", "status": "active", "minimum_age": "18", "own": "kept"},
        {"id": "s2", "organization_id": "o1", "name": "Walk", "status": "active", "minimum_age": "", "own": ""},
    ],
    "organizations.csv": [{"id": "o1", "name": "Lantern", "description": "People, “who know it”; and more"}],
    "locations.csv": [{"id": "l1", "location_type": "physical", "latitude": "56.30", "longitude": "-12.4"}],
    "service_at_location.csv": [{"id": "sl1", "service_id": "s1", "location_id": "l1", "description": ""}],
    "phones.csv": [
        {
            "id": "p1",
            "service_id": "s1",
            "location_id": "l1",
            "contact_id": "",
            "number": "01632 960000",
            "extension": "7",
        },
        {
            "id": "p2",
            "service_id": "",
            "location_id": "",
            "contact_id": "c1",
            "number": "01632 960001",
            "extension": "007",
        },
        {
            "id": "p3",
            "service_id": "gone",
            "location_id": "l1",
            "contact_id": "",
            "number": "01632 960002",
            "extension": "",
        },
        {
            "id": "p4",
            "service_id": "gone",
            "location_id": "",
            "contact_id": "",
            "number": "01632 960003",
            "extension": "",
        },
    ],
    "contacts.csv": [{"id": "c1", "service_id": "s2", "name": "Wren"}],
    "languages.csv": [
        {"id": "la1", "phone_id": "p1", "name": "Welsh"},
        {"id": "la2", "phone_id": "p4", "name": "Irish"},
    ],
    "attributes.csv": [
        {"id": "a1", "link_id": "s1", "link_entity": "service", "taxonomy_term_id": "tt1"},
        {"id": "a2", "link_id": "p1", "link_entity": "Phones", "taxonomy_term_id": "tt1"},
        {"id": "a3", "link_id": "l1", "link_entity": "", "taxonomy_term_id": "tt1"},
        {"id": "a4", "link_id": "s1", "link_entity": "location", "taxonomy_term_id": "tt1"},
    ],
    "units.csv": [{"id": "u1", "name": "beds"}, {"id": "u2", "name": "seats"}],
    "service_capacity.csv": [
        {"id": "k1", "service_id": "s1", "unit_id": "u1", "available": "3", "updated": "2026-01-01"}
    ],
    "own_table.csv": [{"id": "x1", "what": "kept too"}],
}


def write_tables(folder: Path, tables: Mapping[str, list[dict[str, Any]]] = TABLES, **form: Any) -> Path:
    """The tables as files of a folder; `form` as `csv.DictWriter` knows it, and `encoding`."""
    folder.mkdir(parents=True, exist_ok=True)
    encoding = form.pop("encoding", "utf-8")
    for name, rows in tables.items():
        with (folder / name).open("w", newline="", encoding=encoding) as file:
            writer = csv.DictWriter(file, list(rows[0]), **form)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def reads(found: Iterable[Read | Fault]) -> list[tuple[str, dict[str, Any]]]:
    """Kind and tree of each record; a fault ends the test."""
    records = []
    for one in found:
        assert isinstance(one, Read), one
        records.append((one.kind, one.tree))
    return records


def told(found: Iterable[Read | Fault]) -> list[str]:
    """What was found, in a line each: kind and id, or where and why not, with a cross if it is fatal."""
    return [
        f"{one.kind} {one.tree.get('id')}" if isinstance(one, Read) else f"{'✗ ' * one.fatal}{one.origin} {one.reason}"
        for one in found
    ]


def everything(where: Path) -> list[Any]:
    """All that is read from a path."""
    return list(read(where))
