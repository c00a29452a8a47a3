"""The answers under a story, a page at a time in either order, and the words said to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.lookups import GreaterThan

from leeward.audience.viewers import Viewer
from leeward.kit.moments import FAR_FUTURE, moment_said
from leeward.members.models import Member
from leeward.stories.models import Answer, Chapter, Reaction, ReactionWord, Story

PAGE = 30
"""How many answers a page shows."""
BEFORE_IT = 10
"""How many stand before the one that an address names, so that it is read where it was said."""


@dataclass(frozen=True)
class Place:
    """Where among the answers somebody is. It stands in the address alone: nobody keeps where she was.

    Args:
        newest_first: the order that she chose; else the oldest come first.
        after: answers published after this moment (microseconds).
        before: those published before this moment.
        around: those around this moment, which is that of one answer.
    """

    newest_first: bool = False
    after: int | None = None
    before: int | None = None
    around: int | None = None


def place_in(address: Mapping[str, str]) -> Place:
    """The place that the parameters of an address name; what is no moment counts as not said."""
    return Place(
        newest_first="newest" in address,
        after=moment_said(address.get("after", "")),
        before=moment_said(address.get("before", "")),
        around=moment_said(address.get("at", "")),
    )


@dataclass(frozen=True)
class AnswersPage:
    """Answers, in the order that was asked for.

    Args:
        answers: those of this page.
        newest_first: that order.
        earlier: before which moment (microseconds) the page of earlier ones ends, or None if there are none.
        later: after which moment the page of later ones begins, or None.
        some_kept: whether answers are kept from her because of what is inside.
        folded: the keys of those that are shown all the same, and stand folded behind their notes.
    """

    answers: list[Answer]
    newest_first: bool = False
    earlier: int | None = None
    later: int | None = None
    some_kept: bool = False
    folded: frozenset[int] = frozenset()


def answers_page(
    story: Story,
    viewer: Viewer,
    *,
    chapter: Chapter | None = None,
    place: Place | None = None,
    kept_too: bool = False,
) -> AnswersPage:
    """The answers to a story that this viewer may and wants to see; her own that still wait are the latest.

    What the story's author has hidden she meets on a page of its own (`hidden_answers`), not here.

    Args:
        story: a story that she may see.
        viewer: who is looking.
        chapter: one that she may see, for what answers it alone; None: for what answers the story's beginning.
        place: where she is; else the beginning.
        kept_too: also those that are kept from her because of what is inside.
    """
    place = place or Place()
    without_notes = replace(viewer, shield=0)
    of_part = Answer.objects.filter(story=story, chapter=chapter)
    whole = of_part.visible_to(viewer).gentle_for(without_notes).select_related("author")
    if viewer.is_member and viewer.member_id == story.author_id:
        whole = whole.filter(hidden_at=None)
    noted = GreaterThan(F("notes").bitand(viewer.shield), 0)
    some_kept = bool(viewer.shield) and whole.filter(noted).exclude(author=viewer.member_id).exists()
    seen = whole if kept_too or not some_kept else whole.gentle_for(viewer)
    answers, earlier, later = _around(seen.filter(at__isnull=False), place)
    if later is None and viewer.is_member:
        answers += list(seen.filter(at=None).order_by("pk"))
    for made in answers:
        made.story, made.chapter = story, chapter  # at hand already: its text need not be fetched with each answer
    folded = {made.pk for made in answers if made.notes & viewer.shield and made.author_id != viewer.member_id}
    if place.newest_first:
        answers.reverse()
    return AnswersPage(answers, place.newest_first, earlier, later, some_kept, frozenset(folded))


def _around(seen: QuerySet[Any], place: Place) -> tuple[list[Answer], int | None, int | None]:
    """A page of answers, the oldest first; before which moment earlier ones follow, and after which later ones."""
    if place.around is not None:
        first = _backwards(seen, place.around, BEFORE_IT)
        rest = _forwards(seen, place.around - 1, PAGE - min(len(first), BEFORE_IT))
        found = [*reversed(first[:BEFORE_IT]), *rest[: PAGE - min(len(first), BEFORE_IT)]]
        return found, *_ends(found, len(first) > BEFORE_IT, len(rest) > PAGE - min(len(first), BEFORE_IT))
    if place.before is not None or (place.newest_first and place.after is None):
        before = FAR_FUTURE if place.before is None else place.before
        back = _backwards(seen, before, PAGE)
        found = back[:PAGE][::-1]
        later = place.before is not None and seen.filter(at__gte=before).exists()
        return found, *_ends(found, len(back) > PAGE, later, at=before)
    after = place.after or 0
    forth = _forwards(seen, after, PAGE)
    earlier = place.after is not None and seen.filter(at__lte=after).exists()
    return forth[:PAGE], *_ends(forth[:PAGE], earlier, len(forth) > PAGE, at=after)


def _backwards(seen: QuerySet[Any], before: int, size: int) -> list[Answer]:
    """The latest before a moment, and one more if there is one."""
    return list(seen.filter(at__lt=before).order_by("-at")[: size + 1])


def _forwards(seen: QuerySet[Any], after: int, size: int) -> list[Answer]:
    """The earliest after a moment, and one more if there is one."""
    return list(seen.filter(at__gt=after).order_by("at")[: size + 1])


def _ends(found: list[Answer], earlier: bool, later: bool, at: int = 0) -> tuple[int | None, int | None]:
    """From where the pages around this one are turned to; of an empty one, from the moment that was asked for."""
    first, last = (found[0].at, found[-1].at) if found else (at + 1, at - 1)
    return first if earlier else None, last if later else None


def words_said(story: Story, member: Member) -> list[ReactionWord]:
    """To the author: which words people said to her story, nobody named, none counted. To others: their own.

    A word is not signed, and so a block leaves it as it is (decision 0011): if it vanished, an author who blocks one
    after the other would find who had said "me too".
    """
    said = Reaction.objects.filter(story=story)
    if story.author_id != member.pk:
        said = said.filter(member=member)
    return [ReactionWord(word) for word in sorted(set(said.values_list("word", flat=True)))]
