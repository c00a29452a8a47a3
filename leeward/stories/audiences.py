"""To whom a story can be shown, as its author chooses."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from leeward.audience.actions import chosen_ring
from leeward.audience.models import EVERYONE, MEMBERS, RingKind
from leeward.journeys.ways import ways_of
from leeward.kit.moments import FAR_FUTURE
from leeward.members.models import Member
from leeward.stories.models import AnswersFrom, Chapter, ChapterAudience, Story


class ShowTo(models.TextChoices):
    """The choices in the form, narrowest first."""

    ONLY_ME = "only_me", _("Only me")
    CHOSEN = "chosen", _("People I choose")
    SAME_WAY = "same_way", _("People on the same way")
    MEMBERS = "members", _("Members")
    EVERYONE = "everyone", _("Everyone, also people without an account")


@dataclass(frozen=True)
class Sharing:
    """How a story is to be shown.

    Args:
        show_to: the audience.
        ways: rings of her own ways, for SAME_WAY.
        signed: with her chosen name, or with none.
        answers_from: who may answer.
        notes: bit mask of what is inside.
        facts: (facet, key) pairs shown with the story.
        asking: bit mask of what she asks for (stories.asking).
        until: the moment (microseconds) from which on only she sees it.
        quotable: whether answers under it may take a passage of it.
    """

    show_to: ShowTo
    ways: frozenset[int] = frozenset()
    signed: bool = True
    answers_from: AnswersFrom = AnswersFrom.ALL
    notes: int = 0
    facts: frozenset[tuple[str, str]] = frozenset()
    asking: int = 0
    until: int = FAR_FUTURE
    quotable: bool = True


class CannotBeShownSo(ValueError):
    """The choices contradict each other; the message says which, in words for the author."""


def rings_for(sharing: Sharing, author: Member) -> set[int]:
    """The rings that a sharing means for this author.

    Raises:
        CannotBeShownSo: a way that is not hers, none at all, or no name where people she chose would be told apart.
    """
    if not sharing.signed and sharing.answers_from == AnswersFrom.CHOSEN:
        raise CannotBeShownSo(
            _("If only people you choose could answer, they would know that it is you. Let all answer, or nobody.")
        )
    match sharing.show_to:
        case ShowTo.ONLY_ME:
            return set()
        case ShowTo.CHOSEN:
            if not sharing.signed:
                raise CannotBeShownSo(
                    _("The people you choose would know that it is you. Sign it, or show it to more people.")
                )
            return {chosen_ring(author).pk}
        case ShowTo.SAME_WAY:
            hers = {way.ring_id for way in ways_of(author)}
            if not sharing.ways or not sharing.ways <= hers:
                raise CannotBeShownSo(_("Choose at least one of your ways."))
            return set(sharing.ways)
        case ShowTo.MEMBERS:
            return {MEMBERS}
        case ShowTo.EVERYONE:
            return {EVERYONE}


def refuse_unsigned_for_chosen(story: Story) -> None:
    """Let no story lose its name while a chapter of it is for people she chose: they would know whose it is.

    Raises:
        CannotBeShownSo: there is such a chapter.
    """
    chapters = Chapter.objects.written_by(story.author).filter(story=story) if story.author else []
    rows = ChapterAudience.objects.filter(thing__in=[chapter.pk for chapter in chapters])
    for_chosen = rows.filter(ring__kind=RingKind.CHOSEN).exists()
    if for_chosen or any(chapter.answers_from == AnswersFrom.CHOSEN for chapter in chapters):
        raise CannotBeShownSo(
            _("A chapter of it is for people you choose. They would know that it is you. Change that chapter first.")
        )


def shown_to(told: Story | Chapter) -> tuple[ShowTo, frozenset[int]]:
    """To whom a story or a chapter is shown now, and the ways if it is shown to ways."""
    rows = told.audience_rows._default_manager.filter(thing_id=told.pk).values_list("ring_id", "ring__kind")
    rings = dict(rows)
    if EVERYONE in rings:
        return ShowTo.EVERYONE, frozenset()
    if MEMBERS in rings:
        return ShowTo.MEMBERS, frozenset()
    ways = frozenset(ring for ring, kind in rings.items() if kind == RingKind.WAY)
    if ways:
        return ShowTo.SAME_WAY, ways
    return (ShowTo.CHOSEN if rings else ShowTo.ONLY_ME), frozenset()
