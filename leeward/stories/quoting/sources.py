"""Where a passage can come from: a story, how it goes on, or another answer beside the one that quotes it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import StrIndex

from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.stories.models import Answer, Chapter, Story

Source = Story | Chapter | Answer
"""What has words that may be quoted."""

FIELD_OF: dict[type[Source], str] = {Story: "of_story", Chapter: "of_chapter", Answer: "of_answer"}
"""The column of a quote that names its source."""


def quotable_to(model: type[Source], viewer: Viewer) -> QuerySet[Any]:
    """What this viewer may and wants to see, that is shown to others now, and that its author lets be quoted."""
    shown = model.objects.filter(state=State.LIVE, until__gt=now_us(), quotable=True)
    seen: QuerySet[Any] = shown.visible_to(viewer).gentle_for(viewer)
    if model is not Answer:
        return seen
    return seen.filter(Q(hidden_at=None) | Q(author_id=viewer.member_id))  # its writer shall not notice (decision 0028)


def part_of(source: Source) -> Story | Chapter:
    """What is answered by whoever quotes it: itself, or what the quoted answer answers."""
    return (source.chapter or source.story) if isinstance(source, Answer) else source


def source_is_shown(viewer: Viewer) -> Q:
    """That the source of a quote can be quoted to this viewer now, and still says what is quoted."""
    shown = Q()
    for model, name in FIELD_OF.items():
        there = quotable_to(model, viewer).filter(pk=OuterRef(f"{name}_id"))
        said = there.annotate(found_at=StrIndex("text", OuterRef("passage"))).filter(found_at__gt=0)
        shown |= Q(Exists(said))
    return shown
