"""Who is found in the village, who writes with whom, and what the numbers say: Hazel's question has an answer."""

from __future__ import annotations

import pytest

from leeward.audience.models import Shield
from leeward.audience.viewers import Viewer
from leeward.circles.finding import people_near
from leeward.circles.lights import asks_something, lights_of
from leeward.circles.models import FoundBy, Line, Presence
from leeward.circles.threads import meetings_of
from leeward.journeys.nearness import profile_of
from leeward.members.models import Member
from leeward.numbers.answers import answers_for
from leeward.stories.models import Story
from leeward.village.circles import circle_tables
from leeward.village.loading import FORGOT

pytestmark = pytest.mark.usefixtures("in_the_village")


def hazel() -> Member:
    return Member.objects.get(name="Hazel")


def test_every_text_of_somebody_who_is_found_is_of_a_fitting_length_and_nobody_stands_twice() -> None:
    found = circle_tables()["found"]
    assert all(20 <= len(told["text"].split()) <= 90 for told in found)
    assert len({told["name"] for told in found}) == len(found) >= 45
    assert sum(told.get("found_by") == FoundBy.LET_IN for told in found) == 3


def test_hazel_meets_people_near_to_her_each_with_reasons() -> None:
    near = people_near(profile_of(hazel()), Viewer.member(hazel()))
    assert 3 <= len(near) <= 5
    assert all(one.reasons for one in near)
    assert any("further on" in reason for one in near for reason in one.reasons)


def test_who_lets_people_find_her_one_by_one_is_seen_by_nobody_yet() -> None:
    assert not Presence.objects.visible_to(Viewer.member(hazel())).filter(found_by=FoundBy.LET_IN).exists()


def test_a_note_waits_for_hazel_and_a_meeting_of_hers_goes_on() -> None:
    met = meetings_of(hazel(), Viewer.member(hazel()))
    assert [(one.other, one.is_new_note, one.goes_on) for one in met] == [
        ("Carys", True, False),
        ("Jules", False, True),
    ]
    assert Line.objects.filter(meeting=met[1].meeting).visible_to(Viewer.member(hazel())).count() == 6


def test_hazel_has_a_light_left_on_and_a_newcomer_is_asked_by_that_of_another() -> None:
    assert len(lights_of(hazel())) == 1
    assert asks_something(Member.objects.get(name="Hannah B"))


def test_the_numbers_say_something_of_what_happened_to_hazel() -> None:
    assert any(answer.said for answer in answers_for([("kind", "miscarriage_late")]))


def test_texts_whose_authors_forgot_something_say_perhaps_and_hazel_is_asked() -> None:
    assert Story.objects.visible_to(Viewer.member(hazel())).exclude(perhaps=0).count() >= 4
    assert Story.objects.written_by(hazel()).exclude(perhaps=0).count() == 1
    assert len(FORGOT) == 7


def test_members_are_spared_what_their_situation_suggests() -> None:
    assert Shield.objects.exclude(notes=0).count() > 50
