"""Answers with a quote above them, for tests."""

from __future__ import annotations

from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.moderation.actions import settle
from leeward.stories.models import Answer, Quote
from leeward.stories.quoting.actions import answer_quoting
from leeward.stories.quoting.shown import quotes_above
from leeward.stories.quoting.sources import Source

PASSAGE = "The harbour was grey that morning."
TEXT = f"We had waited for weeks.\n\n{PASSAGE} Nobody spoke.\n\nThen we went home."


def quoted(source: Source, by: Member, passage: str = PASSAGE, text: str = "I know that grey.") -> Answer:
    """An answer that is shown, with a passage of what it answers above it."""
    made = answer_quoting(source, passage, by=by, text=text)
    settle(made)
    return made


def left() -> int:
    """How many quotes there are."""
    return Quote.objects.count()


def sees(member: Member | None, made: Answer) -> bool:
    """Whether this reader meets the quote above an answer that she sees."""
    viewer = Viewer.member(member) if member else Viewer.stranger()
    seen = list(Answer.objects.filter(pk=made.pk).visible_to(viewer))
    return bool(quotes_above(seen, viewer))
