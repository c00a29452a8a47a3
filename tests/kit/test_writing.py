"""Rows that are written by statements compiled once stand there as the ORM would have written them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.audience.models import EVERYONE
from leeward.audience.shared import State
from leeward.audience.unguarded import everything
from leeward.kit.statements import NotOnlyValues
from leeward.kit.writing import Added, changed
from leeward.moderation.models import DayCount
from leeward.moderation.papers.counting import count
from leeward.stories.models import Answer
from tests.conftest import Cast
from tests.stories.reading_together import draft_of_chapter
from tests.stories.telling import told

pytestmark = pytest.mark.django_db


def test_a_new_row_is_as_the_orm_would_have_written_it(cast: Cast) -> None:
    story, added = told(cast.author, EVERYONE), Added(Answer)
    for text, notes in (("100% “true” 🕯", 0), ("once more", 5)):
        hers = {"story": story, "author": cast.other_member, "text": text, "notes": notes, "state": State.HELD}
        made = Answer(**hers)
        added.now(made)
        assert made.pk
        written = everything(Answer, reason="test").get(pk=made.pk)
        by_orm = Answer.objects.create(**hers)
        own = {"id", "ref", "at", "touched_at"}
        assert {**model_to_dict(written), **dict.fromkeys(own)} == {**model_to_dict(by_orm), **dict.fromkeys(own)}
        assert (written.ref, written.touched_at) == (made.ref, made.touched_at)
        written.text = made.text = "changed"
        made.save()  # it is known to be there: no second row
        assert everything(Answer, reason="test").filter(text="changed").count() == 1
        made.delete()


def test_what_the_first_row_has_the_next_may_lack(cast: Cast) -> None:
    story, added = told(cast.author, EVERYONE), Added(Answer)
    for chapter in (draft_of_chapter(story), None):
        made = Answer(story=story, chapter=chapter, author=cast.other_member, text="as it is", state=State.HELD)
        added.now(made)
        assert everything(Answer, reason="test").get(pk=made.pk).chapter_id == made.chapter_id


def test_a_change_is_compiled_once_and_changes_only_what_is_asked_for() -> None:
    built = []

    @changed
    def more(kind: str, *, what: str, number: int) -> tuple[QuerySet[DayCount], dict[str, Any]]:
        built.append(kind)
        return DayCount.objects.filter(what=what), {"count": F("count") + number}

    for what in ("screened", "held"):
        count(what)
    assert more.now("any", what="held", number=4) == 1
    assert more.now("any", what="held", number=40) == 1
    assert more.now("any", what="nothing", number=1) == 0
    assert dict(DayCount.objects.values_list("what", "count")) == {"screened": 1, "held": 45}
    assert built == ["any"]
    with CaptureQueriesContext(connection) as seen:
        more.now("any", what="held", number=1)
    assert len(seen) == 1, "who counts questions must see it"


def test_a_change_that_does_more_than_hand_a_value_on_is_refused() -> None:
    @changed
    def twice(*, number: int) -> tuple[QuerySet[DayCount], dict[str, Any]]:
        return DayCount.objects.all(), {"count": 2 * number}

    with pytest.raises(NotOnlyValues):
        twice.now(number=3)


def test_a_day_counts_each_time_and_each_number() -> None:
    for number in (1, 2, 1):
        count("screened", number)
    assert DayCount.objects.get(day=timezone.localdate(), what="screened").count == 4
