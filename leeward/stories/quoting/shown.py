"""The quotes above answers, as one reader may and wants to see them at this moment. Nothing tells of the others."""

from __future__ import annotations

from collections.abc import Iterable

from leeward.audience.viewers import Viewer
from leeward.stories.answers import ShownAnswer
from leeward.stories.models import Answer, Quote, Story
from leeward.stories.quoting.sources import source_is_shown


def passage_above(made: Answer, viewer: Viewer) -> str:
    """The passage above one answer, as this viewer may see it; "" for none."""
    quote = quotes_above([made], viewer).get(made.pk)
    return quote.passage if quote else ""


def quotes_above(answers: Iterable[Answer | ShownAnswer], viewer: Viewer) -> dict[int, Quote]:
    """For each of these answers the quote above it, if there is one for this viewer. One query, or none.

    Args:
        answers: what she may see.
        viewer: who looks.
    """
    keys = [made.pk for made in answers if made.quotes]
    if not keys:
        return {}
    sources = ("of_story", "of_chapter", "of_answer")
    shown = Quote.objects.filter(answer__in=keys).filter(source_is_shown(viewer))
    with_names = shown.select_related(*(f"{name}__author" for name in sources), f"of_story__{Story.also_by}")
    return {quote.answer_id: quote for quote in with_names.defer(*(f"{name}__text" for name in sources))}
