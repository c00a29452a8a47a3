"""Schemas for answers: the official ones, where their folder is, and compact ones of our own from the tables."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from leeward.library.directory.hsds import TABLES
from tests.left_out import needs_files_of_others

OFFICIAL = Path(os.environ.get("LEEWARD_HSDS", str(Path(settings.BASE_DIR).parent / "shared/data/hsds")))
COMPILED = {"service", "organization", "service_at_location"}

needs_official = needs_files_of_others(OFFICIAL / "schema/service.json", "LEEWARD_HSDS")


@cache
def official(kind: str) -> Draft202012Validator:
    """The standard's own schema of a table, with all that stands within it."""
    folder = OFFICIAL / "schema"
    path = folder / ("compiled" if kind in COMPILED else "") / f"{kind}.json"
    registry: Registry[Any] = Registry().with_resources(
        (file.name, Resource.from_contents(_read(file), default_specification=DRAFT202012))
        for file in folder.glob("*.json")
    )
    return Draft202012Validator(_read(path), registry=registry)


@cache
def own(kind: str) -> Draft202012Validator:
    """A schema of ours, made of `hsds.TABLES` apart from the program's own description of the API."""
    definitions = {name: _definition(name) for name in TABLES}
    return Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": definitions})


def faults(validator: Draft202012Validator, record: Any) -> list[str]:
    """What is not as the schema has it."""
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(record)]


def _read(path: Path) -> Any:
    return json.loads(path.read_text())


def _definition(name: str) -> dict[str, Any]:
    table = TABLES[name]
    known: dict[str, Any] = {
        field.name: {"type": field.type, **({"enum": list(field.enum)} if field.enum else {})}
        for field in table.fields.values()
    }
    lists = {**table.children, **{field: to.to for field, to in table.references.items() if to.many}}
    single = {**table.inner, **{field: to.to for field, to in table.references.items() if not to.many}}
    known |= {field: {"type": "array", "items": {"$ref": f"#/$defs/{of}"}} for field, of in lists.items()}
    known |= {field: {"$ref": f"#/$defs/{of}"} for field, of in single.items()}
    return {"type": "object", "properties": known, "required": list(table.required)}
