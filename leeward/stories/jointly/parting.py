"""How telling together ends: either says so, a block, a decision, or one of the two leaves. Nobody is told which."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.db.models import Q, QuerySet

from leeward.audience.publishing import changed, publish, show_to
from leeward.audience.shared import State
from leeward.audience.unguarded import everything
from leeward.members.models import Member
from leeward.members.turns import once_at_a_time
from leeward.moderation.actions import is_hidden, name_the_second, stop_waiting
from leeward.stories.models import Story

LINK = ["with_teller", "agreed_up_to", "agreed_at"]
"""The columns that say that two tell a story together."""


def part(story: Story, *, by: Member) -> None:
    """End it at once, for everybody: it is its author's alone again, and only she sees it. Twice is once.

    Raises:
        PermissionError: she is neither of the two.
    """
    if by.pk not in story.tellers:
        raise PermissionError("Only one of the two ends it.")
    with transaction.atomic():
        _end(_told_by(by).filter(pk=story.pk))


def part_between(member: Member, other: Member) -> None:
    """End what two tell together when one blocks the other. Registered with blocks: inside their transaction."""
    _end(_told_by(member).filter(Q(author=other) | Q(with_teller=other)))


def part_from_all(member: Member) -> None:
    """End all that she tells with others: she leaves, or is kept from writing. Part of the caller's transaction."""
    _end(_told_by(member))


def forget_link(story: Story) -> None:
    """Its author takes its words back while answers stay: they are nobody's then. Part of the caller's transaction."""
    story.with_teller, story.agreed_up_to, story.agreed_at = None, None, None
    joint = everything(Story, reason="its page may not know that another has agreed just now").filter(pk=story.pk)
    if joint.exclude(with_teller=None).update(**dict.fromkeys(LINK)):
        name_the_second(story)


def _told_by(member: Member) -> QuerySet[Story]:
    joint = everything(Story, reason="what two tell together ends for both, whichever of them acts")
    return joint.filter(Q(author=member) | Q(with_teller=member), with_teller__isnull=False)


def _end(stories: QuerySet[Story]) -> None:
    concerned = {story.pk: story.tellers for story in stories}
    for key in sorted(set().union(*concerned.values())):  # always in the same order
        with suppress(Member.DoesNotExist):  # who has left in this very moment has ended it already
            once_at_a_time(Member(pk=key))
    for story in stories.filter(pk__in=concerned):  # as it is by now
        _let_go(story)


def _let_go(story: Story) -> None:
    """Show it to nobody, then loosen it. Its words, and what others answered, stay with its author."""
    show_to(story, set())
    forget_link(story)
    stop_waiting(story)
    if story.state == State.HELD and not is_hidden(story):
        publish(story)  # for herself alone: nothing waits any more
    changed(story)
