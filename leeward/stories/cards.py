"""How the answers on a page are drawn for one reader: most of them once for all who see the same, the others for her.

A card is drawn from plain values alone: the words of the answer and how it stands to whoever looks (hers, under her own
story, closed behind its notes), never who she is. Two readers who are shown the same get the same piece. What is for
one reader alone (a quote or a preview that she may see, what is asked of her as its writer) is never in a piece: a card
that has any is drawn anew, by the macro `special` (docs/decisions/0034-how-a-page-is-made-fast.md).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from markupsafe import Markup

from leeward.audience.notes import notes_in
from leeward.members.models import Member
from leeward.stories.answers import AnswersPage, ShownAnswer
from leeward.stories.beside import Beside
from leeward.stories.models import Story

LONG = 2_000
"""An answer of more characters is kept among the few long pieces."""

Draw = Callable[..., Markup]


@dataclass(frozen=True)
class Cards:
    """The cards of one page.

    Args:
        story: what is answered.
        member: who looks, if she is one.
        beside: what stands beside the words for her alone.
    """

    story: Story
    member: Member | None
    beside: Beside

    def any_special(self, page: AnswersPage) -> bool:
        """Whether any of them has something for this reader alone."""
        return any(map(self._is_special, page.answers))

    def draw(self, page: AnswersPage, way: str, hard: Collection[int], may_quote: bool, *drawing: Draw) -> Markup:
        """The cards of a page of answers.

        Args:
            page: the answers.
            way: the address of the page with what it keeps, such as "…?open&".
            hard: the keys of answers with words that the story's author, who looks, would rather not meet.
            may_quote: whether she may answer what they answer, and so take a passage of one.
            drawing: the macro `answer_card` as a piece and as a long piece, and the macro `special_card`.
        """
        short, long, special = drawing
        language = get_language() or ""
        cards = []
        for answer in page.answers:
            noted, folded = answer.pk in page.folded, answer.pk in hard
            given = self._given(answer, language, way, "noted" if noted else "folded" if folded else "", may_quote)
            if self._is_special(answer):
                cards.append(special(answer, self._is_hers(answer), *given))
            else:
                cards.append((short if len(answer.text) < LONG else long)(*given))
        return Markup("".join(cards))  # noqa: S704  # each was drawn by a macro, with everything escaped

    def _is_special(self, answer: ShownAnswer) -> bool:
        if answer.perhaps and self._is_hers(answer):
            return True
        return answer.pk in self.beside.quotes or bool(self.beside.linked and self.beside.previews_in(answer.text))

    def _is_hers(self, answer: ShownAnswer) -> bool:
        return self.member is not None and answer.author_id == self.member.pk

    def _given(self, answer: ShownAnswer, language: str, way: str, closed: str, may_quote: bool) -> tuple[Any, ...]:
        """What a card is drawn from, in the order in which the macro takes it.

        Not from whether it is hidden: that would tell its writer, who alone meets a hidden one here.
        """
        quotable = may_quote and answer.quotable and answer.is_live and closed != "noted"
        return (
            answer.ref,
            answer.signed,
            answer.name,
            answer.by_teller and answer.signed == self.story.signed,
            answer.at,
            answer.is_held,
            _labels(language, answer.notes, answer.perhaps) if answer.notes else (),
            answer.text,
            way,
            closed,
            self.member is not None,
            self._is_hers(answer),
            self.member is not None and self.story.author_id == self.member.pk,
            quotable,
        )


@lru_cache(1024)
def _labels(_language: str, notes: int, perhaps: int) -> tuple[str, ...]:
    return tuple(str(note.label) for note in notes_in(notes, perhaps=perhaps))
