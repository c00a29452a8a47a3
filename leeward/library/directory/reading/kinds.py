"""Which kind of record something is, told by its fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from leeward.library.directory.hsds import CORE
from leeward.library.directory.tables import CORE_ORDER

LISTS = {
    "services": "service",
    "organizations": "organization",
    "locations": "location",
    "service_at_locations": "service_at_location",
    "programs": "program",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
"""What APIs, files and wrapping objects call lists of records."""

_KNOWN = {name: frozenset(CORE[name].fields) | CORE[name].nested for name in CORE_ORDER}
_NAMES = sorted([*LISTS.items(), *((name, name) for name in CORE_ORDER)], key=lambda pair: -len(pair[0]))


def kind_of(tree: Mapping[str, Any], hint: str = "") -> str:
    """The core table that knows most of the fields; "" if that does not say which.

    Of those that know as many, the one wins of which nothing required is missing, then the hint.

    Args:
        tree: a record.
        hint: the kind that the name of its file suggests, or "".
    """
    fields = tree.keys()
    known = {name: len(fields & _KNOWN[name]) for name in CORE_ORDER}
    most = max(known.values())
    if most < 2:
        return ""
    likely = [name for name in CORE_ORDER if known[name] == most]
    likely = [name for name in likely if set(CORE[name].required) <= fields] or likely
    if hint in likely:
        return hint
    return likely[0] if len(likely) == 1 else ""


def hinted_by(name: str) -> str:
    """The kind that a file's name suggests: `taxonomy_terms-2026.json` holds terms."""
    stem = re.sub(r"[^a-z]+", "_", name.rsplit("/", 1)[-1].lower())
    return next((kind for called, kind in _NAMES if stem.startswith(called)), "")
