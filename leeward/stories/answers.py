"""The answers under a story, a page at a time in either order, and the words said to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.db.models.lookups import GreaterThan

from leeward.audience.notes import ContentNote, notes_in
from leeward.audience.prepared import prepared
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.kit.moments import FAR_FUTURE, moment_said, now_us
from leeward.stories.models import Answer, Chapter, Story

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


class Named(NamedTuple):
    """Who wrote something, as it says so."""

    name: str


class ShownAnswer(NamedTuple):
    """One answer, as its page shows it: the columns that this takes, in a tuple, since a page has thirty of them."""

    pk: int
    ref: str
    author_id: int | None
    name: str | None
    signed: bool
    by_teller: bool
    quotable: bool
    quotes: bool
    state: int
    at: int | None
    until: int
    notes: int
    perhaps: int
    text: str

    @property
    def author(self) -> Named | None:
        """Who wrote it; None if she has left."""
        return None if self.author_id is None else Named(self.name or "")

    @property
    def is_held(self) -> bool:
        """Whether it waits for a person to read it first."""
        return self.state == State.HELD

    @property
    def is_live(self) -> bool:
        """Whether it is shown to its audience now."""
        return self.state == State.LIVE and self.until > now_us()

    @property
    def content_notes(self) -> list[ContentNote]:
        """What is inside, as its author says, or perhaps is, as only its text suggests."""
        return notes_in(self.notes, perhaps=self.perhaps)

    @property
    def suggested_notes(self) -> list[ContentNote]:
        """What only its text suggests is inside, and its author is asked about."""
        return notes_in(self.perhaps)


COLUMNS = tuple("author__name" if name == "name" else name for name in ShownAnswer._fields)
"""Where the fields of ShownAnswer come from."""


@dataclass(frozen=True)
class AnswersPage:
    """Answers, in the order that was asked for.

    Args:
        answers: those of this page.
        newest_first: that order.
        earlier: before which moment (microseconds) the page of earlier ones ends, or None if there are none.
        later: after which moment the page of later ones begins, or None.
        some_kept: whether answers that belong between these are kept from her because of what is inside.
        folded: the keys of those that are shown all the same, and stand folded behind their notes.
    """

    answers: list[ShownAnswer]
    newest_first: bool = False
    earlier: int | None = None
    later: int | None = None
    some_kept: bool = False
    folded: frozenset[int] = frozenset()

    @property
    def has_order(self) -> bool:
        """Whether there is any order among them."""
        return len(self.answers) > 1 or self.earlier is not None or self.later is not None

    def beyond(self, *, at_top: bool) -> int | None:
        """The moment by which the page is turned above its answers, or below them; None if there are no more."""
        return self.earlier if self.newest_first != at_top else self.later


def answers_page(
    story: Story,
    viewer: Viewer,
    *,
    chapter: Chapter | None = None,
    place: Place | None = None,
    kept_too: bool = False,
    some_wait: bool = True,
) -> AnswersPage:
    """The answers to a story that this viewer may and wants to see; her own that still wait are the latest.

    What the story's author has hidden she meets on a page of its own (`hidden_answers`), not here.

    Args:
        story: a story that she may see.
        viewer: who is looking.
        chapter: one that she may see, for what answers it alone; None: for what answers the story's beginning.
        place: where she is; else the beginning.
        kept_too: also those that are kept from her because of what is inside.
        some_wait: False if it is known that none of hers waits.
    """
    place = place or Place()
    below = _Below(
        replace(viewer, shield=0) if kept_too else viewer,
        viewer.is_member and viewer.member_id == story.author_id,
        {"story": story.pk} if chapter is None else {"story": story.pk, "chapter": chapter.pk},
    )
    answers, earlier, later = below.around(place)
    some_kept = False
    if viewer.shield and not kept_too:
        first = (place.after or 0) + 1 if earlier is None or place.after is not None else earlier
        last = (place.before or FAR_FUTURE) - 1 if later is None or place.before is not None else later
        some_kept = below.keeps_some(first, last)
    if later is None and viewer.is_member and some_wait:
        answers += below.waiting()
    folded = [made.pk for made in answers if made.notes & viewer.shield and made.author_id != viewer.member_id]
    if place.newest_first:
        answers.reverse()
    return AnswersPage(answers, place.newest_first, earlier, later, some_kept or bool(folded), frozenset(folded))


@dataclass(frozen=True)
class _Below:
    """The answers below a story or a chapter, for one reader.

    Args:
        viewer: who looks.
        hers: whether the story is hers.
        part: the keys of what they answer, as the questions below take them.
    """

    viewer: Viewer
    hers: bool
    part: dict[str, int]

    def around(self, place: Place) -> tuple[list[ShownAnswer], int | None, int | None]:
        """A page, the oldest first; before which moment earlier ones follow, and after which later ones."""
        if place.around is not None:
            first, _later = self._back(place.around)
            rest = self._since(place.around)
            room = PAGE - min(len(first), BEFORE_IT)
            found = [*reversed(first[:BEFORE_IT]), *rest[:room]]
            return found, *_ends(found, len(first) > BEFORE_IT, len(rest) > room)
        if place.before is not None or (place.newest_first and place.after is None):
            before = FAR_FUTURE if place.before is None else place.before
            back, later = self._back(before)
            found = back[:PAGE][::-1]
            return found, *_ends(found, len(back) > PAGE, later, at=before)
        after = place.after or 0
        forth, earlier = self._forth(after)
        return forth[:PAGE], *_ends(forth[:PAGE], earlier, len(forth) > PAGE, at=after)

    def waiting(self) -> list[ShownAnswer]:
        """Those of hers that nobody else sees yet."""
        return list(map(ShownAnswer._make, _waiting(self.viewer, self.hers, **self.part)))

    def keeps_some(self, first: int, last: int) -> bool:
        """Whether some of these moments are kept from her because of what is inside."""
        return bool(_kept_between(self.viewer, self.hers, first=first, last=last, **self.part))

    def _since(self, moment: int) -> list[ShownAnswer]:
        return list(map(ShownAnswer._make, _earliest(self.viewer, self.hers, since=moment, **self.part)))

    def _back(self, before: int) -> tuple[list[ShownAnswer], bool]:
        """The latest before a moment, the latest first, and one more if there is one; whether any is not before it."""
        found = list(map(ShownAnswer._make, _latest(self.viewer, self.hers, until=before, **self.part)))
        if found and found[0].at == before:  # the one by which the page is turned
            return found[1:], True
        beyond = before < FAR_FUTURE and _between(self.viewer, self.hers, first=before, last=FAR_FUTURE, **self.part)
        return found[: PAGE + 1], bool(beyond)

    def _forth(self, after: int) -> tuple[list[ShownAnswer], bool]:
        """The earliest after a moment, and one more if there is one; whether any is not after it."""
        found = self._since(after)
        if found and found[0].at == after:
            return found[1:], True
        beyond = after > 0 and _between(self.viewer, self.hers, first=0, last=after, **self.part)
        return found[: PAGE + 1], bool(beyond)


@prepared
def _earliest(viewer: Viewer, hers: bool, /, *, since: int, **part: int) -> QuerySet[Any, tuple[Any, ...]]:
    """From a moment on, that one too: a page, one more, and the one by which it is turned."""
    found = _seen(viewer, hers, part).filter(at__gte=since).order_by("at")
    return found.values_list(*COLUMNS)[: PAGE + 2]


@prepared
def _latest(viewer: Viewer, hers: bool, /, *, until: int, **part: int) -> QuerySet[Any, tuple[Any, ...]]:
    """The same backwards."""
    found = _seen(viewer, hers, part).filter(at__lte=until).order_by("-at")
    return found.values_list(*COLUMNS)[: PAGE + 2]


@prepared
def _between(viewer: Viewer, hers: bool, /, *, first: int, last: int, **part: int) -> QuerySet[Any, tuple[int]]:
    return _seen(viewer, hers, part).filter(at__gte=first, at__lte=last).values_list("pk")[:1]


@prepared
def _kept_between(viewer: Viewer, hers: bool, /, *, first: int, last: int, **part: int) -> QuerySet[Any, tuple[int]]:
    noted = GreaterThan(F("notes").bitand(viewer.shield), 0)
    seen = _seen(replace(viewer, shield=0), hers, part).filter(noted, at__gte=first, at__lte=last)
    return seen.exclude(author=viewer.member_id).values_list("pk")[:1]


@prepared
def _waiting(viewer: Viewer, hers: bool, /, **part: int) -> QuerySet[Any, tuple[Any, ...]]:
    return _seen(viewer, hers, part).filter(at=None).order_by("pk").values_list(*COLUMNS)


def _seen(viewer: Viewer, hers: bool, part: Mapping[str, int]) -> QuerySet[Answer]:
    rows = Answer.objects.visible_to(viewer, within={"story": part["story"], "chapter": part.get("chapter")})
    wanted: QuerySet[Answer] = rows.gentle_for(viewer)
    return wanted.filter(hidden_at=None) if hers else wanted


def _ends(found: list[ShownAnswer], earlier: bool, later: bool, at: int = 0) -> tuple[int | None, int | None]:
    """From where the pages around this one are turned to; of an empty one, from the moment that was asked for."""
    first, last = (found[0].at, found[-1].at) if found else (at + 1, at - 1)
    return first if earlier else None, last if later else None
