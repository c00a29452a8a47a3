"""Guides behind their doors: one that everyone reads, in two languages, and a draft for the desk."""

from __future__ import annotations

from typing import Any

from leeward.library.guides.actions import write
from tests.library.guides.writing import content, editor, published


def guides() -> dict[str, dict[str, Any]]:
    """What the addresses of this part are filled in with."""
    version = published()
    published(language="de", title="Gezeiten")
    draft = write(version, content(title="Tides, again"), by=editor(), seen=version.touched_at)
    of_draft = ("version", "write", "translate", "desk_sheet")
    return {
        **{f"guides:{door}": {"slug": "tides"} for door in ("read", "sheet")},
        **{f"guides:{door}": {"slug": "tides", "language": "de"} for door in ("read_in", "sheet_in")},
        **{f"guides:{door}": {"pk": draft.pk} for door in of_draft},
        **{f"guides:{door}": {"code": "gb"} for door in ("country", "confirm_rules")},
        "guides:differences": {"pk": draft.pk, "number": 1},
        "guides:step": {"pk": draft.pk, "step": "withdraw"},
    }
