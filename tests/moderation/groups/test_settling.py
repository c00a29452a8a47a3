"""One decision settles many texts, each with its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.audience.models import Opening
from leeward.audience.rule import is_visible_to
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.moderation.actions import Ruling, decide, decide_together, open_case, open_together, take_back
from leeward.moderation.actions.deciding import ReasonMissingError
from leeward.moderation.actions.opening import NotForYouError
from leeward.moderation.models import (
    Act,
    Because,
    Case,
    CaseState,
    Decision,
    Effect,
    Evidence,
)
from leeward.notifications.models import Notice
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.casework import seen
from tests.moderation.groups.grouping import BLAME, opened_page, settle, stamps


def test_each_text_gets_a_decision_a_copy_an_effect_and_a_notice_of_its_own(
    cast: Cast, story: Story, held: Callable[..., list[Case]]
) -> None:
    cases = held(4)
    assert settle(cases, cast.moderator) == 4
    assert len(set(Decision.objects.values_list("together", flat=True)) - {""}) == 1
    assert Decision.objects.filter(act=Act.REMOVE, clause="kind", by=cast.moderator).count() == 4
    assert (Evidence.objects.count(), Effect.objects.count()) == (4, 4)
    told_to = Notice.objects.filter(kind="moderation.decided").values_list("member_id", flat=True)
    assert sorted(told_to) == sorted([cast.other_member.pk, cast.same_ring.pk] * 2)
    assert not Opening.objects.filter(closed_at=None).exists()
    assert set(Answer.objects.written_by(cast.other_member).values_list("state", flat=True)) == {State.WITHDRAWN}


def test_one_by_one_and_together_come_to_the_same(cast: Cast, held: Callable[..., list[Case]]) -> None:
    alone, *many = held(4)
    open_case(alone, moderator=cast.moderator)
    decide(alone, moderator=cast.moderator, ruling=BLAME, seen=seen(alone))
    settle(many, cast.moderator)
    fields = ("act", "clause", "reason", "law", "rules", "until", "found", "by", "undone_at")
    assert len(set(Decision.objects.values_list(*fields))) == 1
    assert len(set(Effect.objects.values_list("kind", "state_before"))) == 1
    assert set(Case.objects.values_list("state", flat=True)) == {CaseState.DECIDED}


@pytest.mark.parametrize("act", [Act.ASK, Act.PAUSE, Act.END])
def test_what_was_decided_together_can_be_taken_back_one_by_one(
    cast: Cast, held: Callable[..., list[Case]], act: Act
) -> None:
    cases = held(3)
    settle(cases, cast.moderator, Ruling(act, "kind", "Blame.", days=7))
    for decision in Decision.objects.exclude(act=Act.LIFT):
        open_case(decision.case, moderator=cast.moderator)
        take_back(decision, moderator=cast.moderator, reason="Looked at anew.")
    assert not any(Member.objects.get(pk=one.pk).is_suspended for one in (cast.other_member, cast.same_ring))
    assert set(Answer.objects.written_by(cast.other_member).values_list("state", flat=True)) == {State.HELD}


def test_texts_that_were_held_wrongly_are_released_together_and_their_author_hears(
    cast: Cast, story: Story, held: Callable[..., list[Case]]
) -> None:
    settle(held(3, Because.FIRST_TEXT), cast.moderator, Ruling(Act.RELEASE))
    assert Answer.objects.visible_to(Viewer.stranger()).filter(story=story).count() == 3
    assert Notice.objects.filter(kind="moderation.released").count() == 3
    assert Notice.objects.filter(member=cast.author, kind="stories.answer").count() == 3


def test_until_they_are_decided_the_author_of_the_story_meets_none_of_them(
    cast: Cast, held: Callable[..., list[Case]]
) -> None:
    cases = held(3)
    open_together(cases, moderator=cast.moderator)
    for thing in Answer.objects.written_by(cast.other_member):
        assert not is_visible_to(thing, Viewer.member(cast.author))
        assert is_visible_to(thing, Viewer.moderator(cast.moderator))


def test_a_reporter_hears_the_outcome_once(cast: Cast, held: Callable[..., list[Case]]) -> None:
    cases = held(3)
    reporter = make_member("Nell")
    for case in cases:
        case.reports.create(reporter=reporter, reason="cruel")
    settle(cases, cast.moderator)
    assert Notice.objects.filter(member=reporter, kind="moderation.outcome").count() == 1


def test_what_was_not_opened_decided_by_another_or_pointed_out_by_her_is_left_out(
    cast: Cast, held: Callable[..., list[Case]]
) -> None:
    not_opened, decided, hers, fits = held(4)
    rook = make_member("Rook", is_moderator=True)
    open_together([decided, hers, fits], moderator=cast.moderator)
    assert settle([decided], rook) == 1
    hers.reports.create(reporter=cast.moderator, reason="cruel")
    cases = [not_opened, decided, hers, fits]
    assert decide_together(cases, moderator=cast.moderator, ruling=BLAME, seen=stamps(cases)) == 1
    assert Decision.objects.filter(by=cast.moderator).get().case == fits


@pytest.mark.django_db(transaction=True)
def test_two_people_who_settle_the_same_group_in_the_same_moment_decide_each_text_once(
    cast: Cast, held: Callable[..., list[Case]]
) -> None:
    cases, together, outcomes = held(60), threading.Barrier(2), []
    moderators = [cast.moderator, make_member("Rook", is_moderator=True)]
    for moderator in moderators:
        open_together(cases, moderator=moderator)
    stamp = stamps(cases)

    def work(moderator: Member) -> None:
        mine = list(Case.objects.filter(state=CaseState.OPEN))
        together.wait()
        try:
            outcomes.append(decide_together(mine, moderator=moderator, ruling=BLAME, seen=stamp))
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=[moderator]) for moderator in moderators]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(outcomes) == 60
    assert Decision.objects.count() == Decision.objects.values("case").distinct().count() == 60


def test_a_decision_together_needs_a_rule_and_the_facts_too(cast: Cast, held: Callable[..., list[Case]]) -> None:
    with pytest.raises(ReasonMissingError):
        settle(held(3), cast.moderator, Ruling(Act.REMOVE))


def test_who_moderates_nothing_opens_and_decides_nothing_together(cast: Cast, held: Callable[..., list[Case]]) -> None:
    cases = held(3)
    with pytest.raises(NotForYouError):
        open_together(cases, moderator=cast.host)
    open_together(cases, moderator=cast.moderator)
    assert decide_together(cases, moderator=cast.host, ruling=BLAME, seen=stamps(cases)) == 0


def test_a_hundred_texts_ask_little_more_of_the_database_than_fifty(
    cast: Cast, held: Callable[..., list[Case]]
) -> None:
    """Timings are in benchmarks; here: what is done for each text is a handful of questions, and no more."""
    asked = []
    for _turn in range(2):
        cases = held(50)
        open_together(cases, moderator=cast.moderator)
        stamp = stamps(cases)
        with CaptureQueriesContext(connection) as queries:
            assert decide_together(cases, moderator=cast.moderator, ruling=BLAME, seen=stamp) == 50
        asked.append(len(queries))
    assert max(asked) <= 50 * 10
    with CaptureQueriesContext(connection) as queries:
        open_together(held(50), moderator=cast.moderator)
    assert len([one for one in queries if "audience_opening" in one["sql"]]) <= 3


def test_the_page_of_a_group_asks_the_same_however_long_it_is(cast: Cast, held: Callable[..., list[Case]]) -> None:
    client = signed_in(cast.moderator)
    asked = []
    for _turn in range(2):
        held(5)
        opened_page(client)
        link = f"/moderation/groups/{Case.objects.earliest('at').ref}/"
        with CaptureQueriesContext(connection) as queries:
            client.get(link)
        asked.append(len(queries))
    assert asked[0] == asked[1]
