"""Objecting to a decision: once, in time, heard by another person, and with effect."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from leeward.audience.models import EVERYONE
from leeward.audience.shared import State
from leeward.members.belongings import Farewell, all_belongings
from leeward.members.leaving import leave
from leeward.members.models import Member
from leeward.members.tending import tend
from leeward.moderation.actions import open_case, report, take_back
from leeward.moderation.actions.appealing import hear, object_to, open_appeal
from leeward.moderation.actions.deciding import AlreadyDecidedError
from leeward.moderation.actions.opening import NotForYouError
from leeward.moderation.appeals import appeals_for
from leeward.moderation.models import Act, Appeal, Case, Decision, Evidence
from leeward.stories.actions.writing import write
from leeward.stories.models import Story
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.appeals.objecting import heard, state_of
from tests.moderation.casework import case_about, decided
from tests.stories.telling import told


@pytest.mark.django_db(transaction=True)
def test_two_who_hear_it_in_the_same_moment_make_one_decision(cast: Cast) -> None:
    story = told(cast.author, EVERYONE)
    removed = decided(report(story, by=cast.other_member, reason="cruel"), cast.moderator, Act.REMOVE)
    appeal = object_to(removed, by=cast.author)
    hearers = [make_member("Rook", is_moderator=True), make_member("Jay", is_moderator=True)]
    for hearer in hearers:
        open_appeal(appeal, by=hearer)
    together = threading.Barrier(2)
    outcomes: list[bool | None] = []

    def work(hearer: Member, granted: bool) -> None:
        mine = Appeal.objects.select_related("decision__case").get(pk=appeal.pk)
        together.wait()
        try:
            hear(mine, by=hearer, granted=granted, answer=f"{hearer.name} has read it.")
            outcomes.append(granted)
        except (AlreadyDecidedError, NotForYouError):  # too late by a moment, or by two: the openings are closed
            outcomes.append(None)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=pair) for pair in zip(hearers, (True, False), strict=True)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    (won,) = [outcome for outcome in outcomes if outcome is not None]
    appeal.refresh_from_db()
    assert (appeal.granted, state_of(story)) == (won, State.LIVE if won else State.WITHDRAWN)
    assert Decision.objects.filter(act=Act.LIFT).count() == int(won)


def test_a_decision_that_is_taken_back_meanwhile_answers_the_objection(
    cast: Cast, removed: Decision, second: Member
) -> None:
    appeal = object_to(removed, by=cast.author)
    open_appeal(appeal, by=second)
    open_case(removed.case, moderator=cast.moderator)
    take_back(removed, moderator=cast.moderator, reason="I read it wrongly.")
    with pytest.raises(AlreadyDecidedError):
        hear(appeal, by=second, granted=False, answer="too late")
    path = f"/moderation/appeals/{appeal.pk}/hear/"
    late = signed_in(second).post(path, {"granted": "no", "answer": "too late"}, follow=True)
    assert "Nothing more is needed." in late.content.decode()
    appeal.refresh_from_db()
    assert (appeal.granted, appeal.answer) == (True, "I read it wrongly.")
    assert appeals_for(second) == []


def test_a_text_that_was_changed_and_released_meanwhile_leaves_nothing_to_hear(
    cast: Cast, story: Story, second: Member
) -> None:
    asked = decided(report(story, by=cast.other_member, reason="cruel"), cast.moderator, Act.ASK)
    object_to(asked, by=cast.author)
    write(story, by=cast.author, title="", text="softer", stamp=story.touched_at)
    client = signed_in(cast.author)
    client.post(f"/me/decisions/{asked.pk}/again/")
    decided(case_about(story), cast.moderator, Act.RELEASE)
    assert appeals_for(second) == []
    assert "before anybody looked at it again" in client.get(f"/me/decisions/{asked.pk}/").content.decode()


def test_an_objection_to_a_text_that_its_writer_has_deleted_is_heard_from_the_copy(
    cast: Cast, story: Story, removed: Decision, second: Member
) -> None:
    appeal = object_to(removed, by=cast.author)
    Story.objects.written_by(cast.author).delete()
    open_appeal(appeal, by=second)
    assert "what she wrote" in signed_in(second).get(f"/moderation/appeals/{appeal.pk}/").content.decode()
    hear(appeal, by=second, granted=True, answer="We read it anew.")


# -- How long it is kept ---------------------------------------------------------------------------------------------


def test_what_an_objection_rests_on_is_kept_until_it_was_heard(cast: Cast, removed: Decision, second: Member) -> None:
    appeal = object_to(removed, by=cast.author)
    Evidence.objects.update(taken_at=0)
    Case.objects.update(decided_at=0)
    tend()
    assert (Appeal.objects.count(), Evidence.objects.count()) == (1, 1)
    heard(appeal, second, granted=False)
    tend()
    assert not Case.objects.exists()


def test_a_copy_of_everything_holds_what_she_said_and_what_was_answered(
    cast: Cast, removed: Decision, second: Member
) -> None:
    heard(object_to(removed, by=cast.author, words="a line of a song"), second, granted=True, answer="So it is.")
    export = {belonging.key: belonging.export for belonging in all_belongings()}["appeals"]
    (row,) = export(cast.author)
    assert (row["my_words"], row["taken_back"], row["answer"]) == ("a line of a song", True, "So it is.")
    assert [row["my_answer"] for row in export(second)] == ["So it is."]
    assert list(export(cast.other_member)) == []


@pytest.mark.parametrize("farewell", list(Farewell))
def test_who_leaves_takes_her_objection_along(
    cast: Cast, removed: Decision, second: Member, farewell: Farewell
) -> None:
    object_to(removed, by=cast.author, words="a line of a song")
    leave(cast.author, farewell)
    assert not Appeal.objects.exists()
    assert appeals_for(second) == []


def test_that_an_objection_was_heard_stays_without_words_when_she_leaves(
    cast: Cast, removed: Decision, second: Member
) -> None:
    heard(object_to(removed, by=cast.author, words="a line of a song"), second, granted=False, answer="It is not.")
    leave(cast.author, Farewell.TAKE_ALL)
    leave(second, Farewell.TAKE_ALL)
    appeal = Appeal.objects.get()
    assert (appeal.words, appeal.answer, appeal.heard_by, appeal.granted) == ("", "", None, False)
