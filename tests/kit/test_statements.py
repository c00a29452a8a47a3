"""Statements that are compiled once do what the ORM does, each time with other values."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.audience.models import EVERYONE
from leeward.kit.moments import now_us
from leeward.kit.statements import NotOnlyValues, Written, asked, taken_away
from leeward.members.models import Attempt
from leeward.stories.models import Reaction
from tests.conftest import Cast
from tests.stories.telling import told

pytestmark = pytest.mark.django_db


def attempts(*doors: str) -> None:
    """Tries at these doors."""
    for door in doors:
        Attempt.objects.create(door=door, subject="somebody")


def test_a_question_is_built_once_for_each_shape_and_gives_what_its_queryset_gives() -> None:
    attempts("search", "search 100%", "other")
    built = []

    @asked
    def at_door(newest_first: bool, *, door: str) -> QuerySet[Attempt, tuple[Any, ...]]:
        built.append(newest_first)
        rows = Attempt.objects.filter(door=door, subject__endswith="body")
        return rows.order_by("-at" if newest_first else "at").values_list("pk", "at")

    for door in ("search", "search 100%", "nowhere"):
        for newest_first in (True, False):
            rows = at_door(newest_first, door=door)
            assert rows == list(at_door.build(newest_first, door=door))
            assert bool(rows) == (door != "nowhere")
    assert len(built) == 2 + 6  # the six are built by hand, to compare
    with CaptureQueriesContext(connection) as seen:
        at_door(True, door="search")
    assert len(seen) == 1, "who counts questions must see it"


def test_a_question_that_does_more_than_hand_a_value_on_is_refused() -> None:
    @asked
    def one_more(*, many: int) -> QuerySet[Attempt, tuple[int]]:
        return Attempt.objects.filter(pk=many + 1).values_list("pk")

    @asked
    def left_out(*, many: int) -> QuerySet[Attempt, tuple[int]]:
        return Attempt.objects.values_list("pk")

    for question in (one_more, left_out):
        with pytest.raises(NotOnlyValues):
            question(many=1)


def test_a_row_is_written_with_its_plain_defaults_and_only_once_where_it_was_asked(cast: Cast) -> None:
    story = told(cast.author, EVERYONE)
    once = Written(Reaction, "story", "member", "word", "at", once=True)
    said = {"story": story.pk, "member": cast.host.pk, "word": "me_too"}
    assert [once.now(**said, at=now_us()) for _ in range(2)] == [1, 0]
    assert once.now(**said | {"member": cast.blocked.pk}, at=7) == 1
    assert list(Reaction.objects.values_list("member", "word", "signed", "at"))[1:] == [
        (cast.blocked.pk, "me_too", False, 7)
    ]
    with pytest.raises(IntegrityError):
        Written(Reaction, "story", "member", "word", "at").now(**said, at=8)


def test_a_moment_is_written_as_the_orm_writes_it() -> None:
    now = timezone.now()
    Written(Attempt, "door", "subject", "at").now(door="search", subject="somebody", at=now)
    assert Attempt.objects.get(at__lte=now).at == now


def test_a_default_that_is_made_anew_for_each_row_must_be_given(cast: Cast) -> None:
    with pytest.raises(AssertionError):
        Written(Reaction, "story", "member", "word").now(story=1, member=cast.host.pk, word="me_too")


def test_what_is_taken_away_is_gone_and_the_rest_stays() -> None:
    attempts("search", "search", "other")

    @taken_away
    def at_door(*, door: str) -> QuerySet[Attempt, Any]:
        return Attempt.objects.filter(door=door)

    assert [at_door.now(door=door) for door in ("search", "search", "nowhere")] == [2, 0, 0]
    assert Attempt.objects.get().door == "other"


def test_what_others_point_at_is_not_deleted_past_them(cast: Cast) -> None:
    @taken_away
    def member(*, name: str) -> QuerySet[Any, Any]:
        return type(cast.host).objects.filter(name=name)

    with pytest.raises(AssertionError):
        member.now(name=cast.host.name)
