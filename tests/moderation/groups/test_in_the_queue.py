"""Texts under one story stand in one line."""

from __future__ import annotations

from collections.abc import Callable

from leeward.moderation.actions import report
from leeward.moderation.models import (
    Because,
    Case,
    Priority,
)
from leeward.moderation.queue import waiting_for
from leeward.stories.models import Answer, Story
from tests.conftest import Cast


def test_two_texts_under_one_story_are_two_lines_and_three_are_one(cast: Cast, held: Callable[..., list[Case]]) -> None:
    held(2)
    assert len(waiting_for(cast.moderator)) == 2
    held(1)
    (line,) = waiting_for(cast.moderator)
    assert (line.title, line.about, line.size) == ("3 texts under one story", "answer", 3)
    assert line.reasons == ("It may be cruel, or lay blame",)


def test_care_urgency_and_the_story_itself_stand_alone(
    cast: Cast, story: Story, held: Callable[..., list[Case]]
) -> None:
    report(story, by=cast.other_member, reason="untrue")
    care, threat, *_others = held(5)
    Case.objects.filter(pk=care.pk).update(because=Because.CARE, priority=Priority.URGENT)
    Case.objects.filter(pk=threat.pk).update(priority=Priority.URGENT, signs=["threat"])
    lines = waiting_for(cast.moderator)
    assert [line.size for line in lines] == [1, 1, 1, 3]
    assert [line.urgent for line in lines] == [True, True, False, False]


def test_urgent_texts_under_one_story_are_one_urgent_line(cast: Cast, held: Callable[..., list[Case]]) -> None:
    held(3)
    threats = held(3)
    Case.objects.filter(pk__in=[case.pk for case in threats]).update(priority=Priority.URGENT, signs=["threat"])
    assert [(line.urgent, line.size) for line in waiting_for(cast.moderator)] == [(True, 3), (False, 3)]


def test_what_she_pointed_out_herself_is_not_in_the_group(cast: Cast, held: Callable[..., list[Case]]) -> None:
    cases = held(4)
    answer = Answer.objects.written_by(cast.other_member).get(pk=cases[0].thing_id)
    report(answer, by=cast.moderator, reason="cruel")
    assert sorted(line.size for line in waiting_for(cast.moderator)) == [1, 3]
