"""What stands beside the words on a story's page for one reader: quotes, previews of other stories, names by words.

All of it is asked anew for each reader. Nothing here may be kept for another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from leeward.audience.viewers import Viewer
from leeward.stories.answers import AnswersPage
from leeward.stories.models import Quote, Story
from leeward.stories.naming import Names, names_beside
from leeward.stories.parts import Part
from leeward.stories.previews import links_in, stories_linked_in
from leeward.stories.quoting.shown import quotes_above


@dataclass(frozen=True)
class Beside:
    """What stands beside the words of one page.

    Args:
        quotes: for the keys of answers, the quote above each.
        linked: stories to which its texts link, by their refs.
        names: the names beside the words that were said.
    """

    quotes: dict[int, Quote] = field(default_factory=dict)
    linked: dict[str, Story] = field(default_factory=dict)
    names: Names = field(default_factory=Names)

    def previews_in(self, text: str) -> list[Story]:
        """The stories of which cards stand below one of its texts."""
        return [self.linked[ref] for ref in links_in(text) if ref in self.linked] if self.linked else []


def beside(story: Story, viewer: Viewer, answers: AnswersPage, parts: Iterable[Part]) -> Beside:
    """What stands beside the words of a story that this viewer has open. No query where there is nothing of the kind.

    Args:
        story: one that she may see.
        viewer: who looks.
        answers: those to its beginning that are shown.
        parts: its chapters that are shown.
    """
    parts = [part for part in parts if not part.closed]
    made = [*answers.answers, *(one for part in parts for one in part.answers.answers)]
    texts = [story.text, *(part.chapter.text for part in parts), *(one.text for one in made)]
    return Beside(
        quotes_above(made, viewer), stories_linked_in(texts, viewer, but=story.ref), names_beside(story, viewer)
    )
