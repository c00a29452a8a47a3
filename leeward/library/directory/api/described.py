"""What the API answers, in the words of OpenAPI 3.1, made of the tables of HSDS as this project knows them.

Fields have the types of the standard. What a directory told otherwise is passed on as it is (`checking.py`), and the
description says so: only what the standard requires of a record was looked at before it was taken in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from leeward.library.directory.hsds import TABLES
from leeward.library.directory.tables import Field, Table

_LISTS = {
    "getPaginatedListOfServices": "service",
    "getPaginatedListOfOrganizations": "organization",
    "getPaginatedListOfLocations": "location",
    "getPaginatedListOfServiceAtLocation": "service_at_location",
    "getPaginatedListOfTaxonomies": "taxonomy",
    "getPaginatedListOfTaxonomyTerms": "taxonomy_term",
}
_SINGLE = {
    "getFullyNestedServiceById": "service",
    "getOrganizationById": "organization",
    "getLocationById": "location",
    "getServiceAtLocationWithNestedDataById": "service_at_location",
    "getTaxonomyById": "taxonomy",
    "getTaxonomyTermById": "taxonomy_term",
}
_MEANS = (
    "What this place knows of services, in the Human Services Data Specification. Open to everyone for reading. Every"
    " record has what the standard requires of it; any other field is passed on as its directory told it, extensions"
    " too. What its directory no longer has is not given."
)
_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_YES_OR_NO = {"type": "boolean"}

Schema = dict[str, Any]


def described(made: Mapping[str, Any]) -> Schema:
    """The whole description.

    Args:
        made: paths and parameters, as django-ninja describes them.
    """
    document: Schema = json.loads(json.dumps(made))
    document["info"] |= {
        "title": f"{settings.PLACE_NAME}: services",
        "description": _MEANS,
        "license": {"name": "As the directories say from which the records come: see licenses in /datapackage.zip"},
    }
    document["servers"] = [{"url": "/hsds"}]
    document["components"] = {"schemas": _schemas()}
    for path in document["paths"].values():
        path["get"]["responses"] = _responses(path["get"])
    document["paths"] |= {
        "/export.json": _file("getExport", "The whole directory as one list of JSON", "application/json"),
        "/datapackage.zip": _file("getDataPackage", "The whole directory as a tabular data package", "application/zip"),
    }
    return document


def _file(operation: str, words: str, media: str) -> Schema:
    told: Schema = {"200": {"description": words, "content": {media: {}}}, **_refusals("404", "429", "503")}
    return {"get": {"operationId": operation, "summary": words, "responses": told}}


def _responses(operation: Schema) -> Schema:
    name = operation["operationId"]
    told = ["429"]
    if name in _LISTS:
        content, told = _page_of(_LISTS[name]), ["422", *told]
    elif name in _SINGLE:
        content, told = _whole(_SINGLE[name]), ["404", *(["422"] if name == "getOrganizationById" else []), *told]
    elif name == "getOpenAPI":
        content = {"type": "object", "required": ["openapi", "info", "paths"]}
    else:
        fields = ("version", "profile", "openapi_url")
        content = {"type": "object", "properties": dict.fromkeys(fields, _TEXT), "required": list(fields)}
    return {"200": _json("What was asked for.", content), **_refusals(*told)}


def _refusals(*statuses: str) -> Schema:
    words = {
        "404": "There is no such record.",
        "422": "A parameter is not as it should be.",
        "429": "Too many questions, from one address or for the whole at once. Retry-After says when to ask again.",
        "503": "It is not there yet. Retry-After says when to come again.",
    }
    return {status: _json(words[status], {"$ref": "#/components/schemas/error"}) for status in statuses}


def _json(words: str, schema: Schema) -> Schema:
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _page_of(kind: str) -> Schema:
    items = {"anyOf": [_whole(kind), _ref("minimal")]} if kind == "service" else _whole(kind)
    return {
        "allOf": [_ref("Page")],
        "properties": {"contents": {"type": "array", "items": items}},
        "required": ["contents"],
    }


def _whole(kind: str) -> Schema:
    """A record that was asked for, with all that HSDS requires of it."""
    return {"allOf": [_ref(kind)], "required": list(TABLES[kind].required)}


def _schemas() -> Schema:
    head = {
        **dict.fromkeys(("total_items", "total_pages", "page_number", "size"), _COUNT),
        **dict.fromkeys(("first_page", "last_page", "empty"), _YES_OR_NO),
    }
    error = {"error": _TEXT, "parameters": {"type": "object", "additionalProperties": _TEXT}}
    return {
        "Page": {"type": "object", "properties": head, "required": list(head)},
        "error": {"type": "object", "properties": error, "required": ["error"]},
        "minimal": {"type": "object", "properties": {"id": _TEXT, "last_modified": _TEXT}, "required": ["id"]},
        **{name: _schema(table) for name, table in TABLES.items()},
    }


def _schema(table: Table) -> Schema:
    """One table. What stands within another record may be told by its id alone, so that only an id is required here."""
    properties: Schema = {name: _field(field) for name, field in table.fields.items()}
    properties |= {name: _array(child) for name, child in table.children.items()}
    properties |= {name: _ref(inner) for name, inner in table.inner.items()}
    properties |= {name: _array(to.to) if to.many else _ref(to.to) for name, to in table.references.items()}
    return {"type": "object", "properties": properties, **({"required": ["id"]} if table.is_core else {})}


def _field(field: Field) -> Schema:
    return {"type": field.type, **({"enum": list(field.enum)} if field.enum else {})}


def _array(of: str) -> Schema:
    return {"type": "array", "items": _ref(of)}
