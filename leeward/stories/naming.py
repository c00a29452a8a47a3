"""Names beside words, for whom they would know: never a number, never to strangers, kept for nobody else.

docs/decisions/0033-quotes-previews-and-names.md
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from leeward.audience.knowing import known_to
from leeward.audience.models import Wall
from leeward.audience.prepared import prepared
from leeward.audience.viewers import Viewer
from leeward.stories.models import Reaction, ReactionWord, Story

MOST_NAMES = 3
"""So many names are shown. That there would be more is not told: it would be a number."""


@dataclass(frozen=True)
class Names:
    """What one reader sees beside the words of a story.

    Args:
        known: for each word, the names of people whom she knows, by the alphabet.
        hers: the words to which she has put her own name.
    """

    known: list[tuple[ReactionWord, list[str]]] = field(default_factory=list)
    hers: frozenset[ReactionWord] = frozenset()

    def of_hers(self, said: Iterable[ReactionWord]) -> tuple[tuple[str, str, bool], ...]:
        """Each word that she has said: its value, its label, and whether her name stands beside it."""
        return tuple((word.value, str(word.label), word in self.hers) for word in said)


def names_beside(story: Story, viewer: Viewer) -> Names:
    """The names beside the words of a story, for one reader. One query, and none where nobody put a name.

    Args:
        story: one that she may see.
        viewer: who looks.
    """
    if not (story.words_named and viewer.is_member and viewer.in_rings):
        return Names()
    said = _named(viewer, story=story.pk, author=(story.author_id or 0) if story.signed else 0)
    others = [(name, word) for member_id, name, word in said if member_id != viewer.member_id]
    names = list(dict.fromkeys(name for name, _word in others))[:MOST_NAMES]
    known = [(word, [name for name in names if (name, word) in others]) for word in ReactionWord]
    hers = frozenset(ReactionWord(word) for member_id, _name, word in said if member_id == viewer.member_id)
    return Names([(word, names) for word, names in known if names], hers)


@prepared
def _named(viewer: Viewer, *, story: int, author: int) -> QuerySet[Any, tuple[int, str, str]]:
    """Words with the names of people whom she knows, and hers. Whom a block parts from who signed it is left out.

    Args:
        viewer: who looks.
        story: its key.
        author: the key of who signed it; 0 if nobody did.
    """
    known = known_to(viewer, "member_id") & Q(member__ended_at=None, member__is_active=True)
    walls = Wall.objects.filter(a_id=author).values("b_id")
    named = Reaction.objects.filter(known, story=story, signed=True).exclude(member_id__in=walls)
    return named.order_by("member__name_key").values_list("member_id", "member__name", "word")
