"""Who may see little is served by going through it: the index is asked about that alone."""

from __future__ import annotations

from collections.abc import Sequence

from leeward.audience.feed import CANDIDATES, moments_in_her_rings
from leeward.audience.things import model_of
from leeward.audience.viewers import Viewer
from leeward.kit.moments import FAR_FUTURE
from leeward.search.models import IndexedDocument


def keys_of_few(kinds: Sequence[str], viewer: Viewer) -> list[int] | None:
    """The documents that may be hers to see, by their keys in the index; None if they are many."""
    keys: list[int] = []
    for kind in kinds:
        model = model_of(kind)
        if model.audience_rows is None or viewer.on_cases:
            return None
        moments = moments_in_her_rings(model, viewer, FAR_FUTURE)
        if moments is None:
            return None
        keys += IndexedDocument.objects.filter(kind=kind, at__in=moments).values_list("pk", flat=True)
    return keys if len(keys) <= CANDIDATES else None
