"""What those who moderate are spared."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.notes import mask_of
from leeward.audience.publishing import publish
from leeward.members.models import Member
from leeward.moderation.actions import hold_first_text, open_case, report
from leeward.moderation.actions.keeping import (
    hand_on,
)
from leeward.moderation.actions.opening import NotForYouError
from leeward.stories.models import Answer, ShownFact
from tests.conftest import Cast, signed_in
from tests.moderation.casework import case_about
from tests.moderation.desk.desking import case_of_a_first_text, desk, offered, page, urgent
from tests.stories.telling import told


def test_what_has_something_inside_that_she_is_spared_goes_to_another(cast: Cast, second: Member) -> None:
    case_of_a_first_text(cast, notes=mask_of(["loss_detail"]))
    desk(cast.moderator, avoids=mask_of(["loss_detail"]))
    assert offered(cast.moderator) == []
    assert len(offered(second)) == 1


def test_where_nobody_else_is_there_it_stands_last_and_covered_and_says_what_is_inside(cast: Cast) -> None:
    spared = case_of_a_first_text(cast, notes=mask_of(["loss_detail"]))
    other = case_of_a_first_text(cast)
    desk(cast.moderator, avoids=mask_of(["loss_detail"]))
    lines = offered(cast.moderator)
    assert [line.path for line in lines] == [f"/moderation/cases/{case.ref}/" for case in (other, spared)]
    assert lines[1].spared == ("a loss told closely",)
    assert "You asked to be spared this; nobody else is here" in page(signed_in(cast.moderator))


@pytest.mark.parametrize("why", ["spared too", "away", "its writer", "suspended", "handed on", "reported it"])
def test_another_moderator_who_could_not_take_it_is_nobody(cast: Cast, second: Member, why: str) -> None:
    note = mask_of(["loss_detail"])
    story = told(second if why == "its writer" else cast.author, EVERYONE, notes=note)
    hold_first_text(story)
    case = case_about(story)
    desk(cast.moderator, avoids=note)
    match why:
        case "spared too":
            desk(second, avoids=note)
        case "away":
            desk(second, away_until=timezone.localdate())
        case "suspended":
            Member.objects.filter(pk=second.pk).update(suspended_at=timezone.now())
        case "handed on":
            hand_on([case], moderator=second)
        case "reported it":
            report(story, by=second, reason="cruel")
    assert [line.spared for line in offered(cast.moderator)] == [("a loss told closely",)]


def test_words_about_danger_count_as_thoughts_of_not_living(cast: Cast, second: Member) -> None:
    urgent(cast)
    desk(cast.moderator, avoids=mask_of(["suicide_self_harm"]))
    assert offered(cast.moderator) == []
    assert len(offered(second)) == 1


def test_a_kind_of_loss_that_a_story_shows_is_spared_with_all_that_stands_under_it(cast: Cast, second: Member) -> None:
    story = told(cast.author, MEMBERS)
    ShownFact.objects.create(story=story, facet="kind", key="stillbirth")
    answer = Answer.objects.create(story=story, author=cast.other_member, text="an answer")
    publish(answer)
    report(answer, by=cast.same_ring, reason="cruel")
    desk(cast.moderator, avoids_losses=["stillbirth"])
    assert offered(cast.moderator) == []
    desk(second, avoids_losses=["stillbirth"])
    assert [line.spared for line in offered(cast.moderator)] == [("Stillbirth",)]


def test_what_is_aimed_at_a_moderators_own_story_she_never_meets(cast: Cast, second: Member) -> None:
    story = told(cast.moderator, MEMBERS)
    answer = Answer.objects.create(story=story, author=cast.other_member, text="cruel words")
    publish(answer)
    case = report(answer, by=cast.same_ring, reason="cruel")
    assert offered(cast.moderator) == []
    with pytest.raises(NotForYouError):
        open_case(case, moderator=cast.moderator)
    assert signed_in(cast.moderator).get(f"/moderation/cases/{case.ref}/").status_code == 404
    assert len(offered(second)) == 1
