"""A story in a list, as plain values: the same card is then drawn once for all who are shown the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import get_language

from leeward.audience.notes import notes_in
from leeward.stories.models import Story

MOST_REASONS, MOST_FACTS = 3, 4

CardValues = tuple[str, str, bool, str | None, int | None, str | None, tuple[str, ...], tuple[str, ...], int]


def card_values(story: Story, facts: Sequence[str] = (), reasons: Sequence[str] = (), *, level: int = 2) -> CardValues:
    """What the macro `drawn_card` is given.

    Args:
        story: one that the reader may and wants to see, with its author.
        facts: what it is about, in words.
        reasons: why it is near, which stand in place of the facts.
        level: of its heading.
    """
    return (
        story.ref,
        story.title_words(),
        story.signed,
        story.writer_names,
        story.at,
        story.excerpt() if story.title else None,
        tuple(reasons[:MOST_REASONS] or facts[:MOST_FACTS]),
        _labels(get_language(), story.notes, story.perhaps) if story.notes else (),
        level,
    )


@lru_cache(1024)
def _labels(_language: str | None, notes: int, perhaps: int) -> tuple[str, ...]:
    return tuple(str(note.label) for note in notes_in(notes, perhaps=perhaps))
