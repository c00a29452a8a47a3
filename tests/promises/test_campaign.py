"""A campaign against one story: 200 accounts, half of them new, all cruel. What its author could ever have met.

After each answer the set is asked that her page would show her. What the reading finds is not counted on: the limits
hold whether a model finds cruelty in a text or not. How many she meets with the models is measured in benchmarks/.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.urls import reverse

from benchmarks.cruelty import hostile_texts
from leeward.audience.models import MEMBERS
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member, today
from leeward.moderation.actions.storms import IN_ALL
from leeward.moderation.conduct import KNOWN_BY
from leeward.moderation.models import Case, CaseState, FirstTexts, Storm
from leeward.notifications.models import Notice
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, make_member, signed_in
from tests.members.people import text_of
from tests.stories.telling import told

pytestmark = pytest.mark.django_db

ACCOUNTS = 200
AGES = {"new": 0, "young": 10, "asleep": 400, "known": 400}
"""Days since joining. Half are new; the others have two texts released by a person, the known five shown as well."""


def army() -> list[tuple[str, Member]]:
    """The accounts, mixed, each with its kind."""
    kinds = [("new", "young", "new", ("asleep", "known")[at // 4 % 2])[at % 4] for at in range(ACCOUNTS)]
    people = [make_member(f"Account {at}") for at in range(ACCOUNTS)]
    for kind, days in AGES.items():
        theirs = [one.pk for one, hers in zip(people, kinds, strict=True) if hers == kind]
        Member.objects.filter(pk__in=theirs).update(joined_on=today() - datetime.timedelta(days=days))
        if kind != "new":
            FirstTexts.objects.bulk_create([FirstTexts(member_id=one, released=2) for one in theirs])
        if kind == "known":
            long_ago = now_us() - 100 * DAY
            told_by = [one for one in theirs for _each in range(KNOWN_BY)]
            Story.objects.bulk_create(
                [Story(author_id=one, state=State.LIVE, at=long_ago + at) for at, one in enumerate(told_by)]
            )
    by_key = Member.objects.in_bulk([one.pk for one in people])
    return [(kind, by_key[one.pk]) for kind, one in zip(kinds, people, strict=True)]


@dataclass
class Met:
    """What the author could see after each answer.

    Args:
        began: after how many answers the storm had begun; None: it has not.
        ever: the answers that she could ever see, each with its kind of account and at which turn first.
        now: those that she sees after the last turn.
    """

    began: int | None = None
    ever: dict[int, tuple[str, int]] = field(default_factory=dict)
    now: set[int] = field(default_factory=set)


def play(story: Story, author: Member) -> Met:
    met, kind_of = Met(), dict[int, str]()
    for turn, ((kind, member), text) in enumerate(zip(army(), hostile_texts(ACCOUNTS), strict=True)):
        kind_of[member.pk] = kind
        sent = {"text": text, "as_it_is": "1"}
        assert signed_in(member).post(reverse("stories:answer", args=[story.ref]), sent).status_code == 302
        seen = Answer.objects.filter(story=story, author_id__in=kind_of).visible_to(Viewer.member(author))
        met.now = set(seen.values_list("pk", flat=True))
        for answer in seen.exclude(pk__in=met.ever):
            met.ever[answer.pk] = (kind_of[answer.author_id], turn)
        if met.began is None and Storm.objects.exists():
            met.began = turn
    return met


def test_of_a_campaign_by_two_hundred_accounts_the_author_meets_none_once_it_is_known_and_none_of_new_ones(
    cast: Cast, record_property: Callable[[str, object], None]
) -> None:
    story = told(cast.author, MEMBERS, title="Twenty weeks")
    FirstTexts.objects.create(member=cast.same_ring, released=2)
    Member.objects.update(joined_on=today() - datetime.timedelta(days=400))
    met = play(story, cast.author)
    kinds = [kind for kind, _turn in met.ever.values()]
    record_property("ever met", {kind: kinds.count(kind) for kind in AGES})
    record_property("met at the end", len(met.now))
    record_property("storm after", met.began)
    assert met.began is not None
    assert met.began < IN_ALL[0][0]
    assert not [kind for kind, _turn in met.ever.values() if kind == "new"]
    assert all(turn < met.began for _kind, turn in met.ever.values())
    assert {met.ever[key][0] for key in met.now} <= {"known"}
    _the_queue_has_them_and_she_is_told_nothing(cast, story)
    _whom_she_chose_comes_through(cast, story)


def _the_queue_has_them_and_she_is_told_nothing(cast: Cast, story: Story) -> None:
    about = Case.objects.filter(under_kind="stories.story", under_id=story.pk, state=CaseState.OPEN)
    assert about.count() >= ACCOUNTS - IN_ALL[0][0]
    author = signed_in(cast.author)
    assert "storm" not in text_of(author.get(story.get_absolute_url()))
    shown = Answer.objects.filter(story=story).visible_to(Viewer.member(cast.author)).count()
    assert Notice.objects.filter(member=cast.author, read_at=None).count() == shown


def _whom_she_chose_comes_through(cast: Cast, story: Story) -> None:
    words = "I read this twice, and I am sitting here with you."
    signed_in(cast.same_ring).post(reverse("stories:answer", args=[story.ref]), {"text": words})
    assert words in text_of(signed_in(cast.author).get(story.get_absolute_url()))
