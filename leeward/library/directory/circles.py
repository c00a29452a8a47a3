"""Organizations and terms whose parents lead back to themselves: the link is cut where the place goes by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from leeward.library.directory.models import TaxonomyTerm
from leeward.library.directory.outcome import Trouble
from leeward.library.directory.reading.found import Origin

_PARENT = {"organization": "parent_organization_id", "taxonomy_term": "parent_id"}


class Lineage:
    """Whose parent is who, as an import told it."""

    def __init__(self) -> None:
        self.parents: dict[tuple[str, str], tuple[str, Origin]] = {}

    def note(self, kind: str, one: str, data: Mapping[str, Any], origin: Origin) -> None:
        """Remember the parent of a record, if it names one."""
        parent = data.get(_PARENT[kind]) if kind in _PARENT else None
        if isinstance(parent, str) and parent:
            self.parents[kind, one] = (parent, origin)

    def cut(self, *, writes: bool) -> Iterator[Trouble]:
        """Name every circle once. What was told is kept and given out as it came; the place does not follow it.

        Args:
            writes: whether the links of terms are taken out of the column by which they are followed.
        """
        done: set[tuple[str, str]] = set()
        for start in list(self.parents):
            path: list[tuple[str, str]] = []
            at = start
            while at in self.parents and at not in done:
                done.add(at)
                path.append(at)
                at = (at[0], self.parents[at][0])
            if at in path:
                circle = [one for _kind, one in path[path.index(at) :]]
                if writes and at[0] == "taxonomy_term":
                    TaxonomyTerm.objects.filter(id__in=circle).update(parent_id="")
                words = _("Its parents lead back to itself: %(circle)s. The link was cut.")
                names = " → ".join([*circle[:10], *(["…"] if len(circle) > 10 else []), circle[0]])
                yield Trouble(self.parents[at][1], words % {"circle": names}, at[0], circle[0], _PARENT[at[0]])
