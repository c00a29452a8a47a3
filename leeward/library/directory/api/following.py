"""Keeping what the API looks services up by in step with the directory, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from leeward.kit import bulk
from leeward.library.directory.api.models import ServiceTerm
from leeward.library.directory.gathering import Whole
from leeward.library.directory.growing import term_ids
from leeward.library.directory.models import LONGEST_ID


def refresh(services: Sequence[str], wholes: Sequence[Whole]) -> None:
    """Look these services up anew by what they carry. Called by whoever changes them (`directory.changes`).

    Args:
        services: their ids.
        wholes: those of them that there are; which are retired carry nothing.
    """
    ServiceTerm.objects.filter(service_id__in=services).delete()
    shown = [whole for whole in wholes if whole.record.retired_at is None]
    bulk.insert(
        ServiceTerm,
        [
            {"service_id": whole.record.id, "term_id": term}
            for whole in shown
            for term in sorted(term_ids("service", whole.data))
            if 0 < len(term) <= LONGEST_ID
        ],
    )
