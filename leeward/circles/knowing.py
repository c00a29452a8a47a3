"""Whom a member knows because the two have met here."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from leeward.audience.viewers import Viewer
from leeward.circles.models import Meeting


def met_by(viewer: Viewer) -> QuerySet[Any, Any]:
    """The keys of those with whom she writes: one asked, the other answered, and neither has ended it."""
    hers = Q(author_id=viewer.member_id) | Q(asked_id=viewer.member_id)
    met = Meeting.objects.filter(hers, answered_at__isnull=False, ended_at=None).visible_to(viewer)
    other = Case(When(author_id=viewer.member_id, then=F("asked_id")), default=F("author_id"))
    there: QuerySet[Any, Any] = met.annotate(other=other).filter(other__isnull=False).values("other")
    return there
