from __future__ import annotations

import threading

import pytest
from django.db import connection

from leeward.audience.models import EVERYONE, MEMBERS, Opening
from leeward.audience.rule import is_visible_to
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.moderation.actions import Ruling, decide, hold_first_text, open_case, report, take_back, when_released
from leeward.moderation.actions.deciding import (
    AlreadyDecidedError,
    ChangedMeanwhileError,
    ReasonMissingError,
    _when_released,
)
from leeward.moderation.actions.opening import NotForYouError
from leeward.moderation.models import Act, Because, Case, CaseState, Decision
from leeward.stories.actions.sharing import share
from leeward.stories.actions.writing import begin
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import Story
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.casework import case_about, decided, seen
from tests.stories.telling import told


@pytest.fixture
def story(cast: Cast) -> Story:
    return told(cast.author, EVERYONE, text="what she wrote")


@pytest.fixture
def case(cast: Cast, story: Story) -> Case:
    return report(story, by=cast.other_member, reason="cruel")


def state_of(story: Story) -> int:
    story.refresh_from_db()
    return story.state


def test_opening_writes_a_line_for_the_thing_and_gives_sight_of_it_and_nothing_else(cast: Cast) -> None:
    secret, other = told(cast.author), told(cast.author)
    hold_first_text(secret)
    case = case_about(secret)
    open_case(case, moderator=cast.moderator)
    line = Opening.objects.get()
    assert (line.moderator, line.thing_id, line.closed_at) == (cast.moderator, secret.pk, None)
    assert case.ref in line.reason
    assert is_visible_to(secret, Viewer.moderator(cast.moderator))
    assert not is_visible_to(other, Viewer.moderator(cast.moderator))


def test_opening_twice_writes_one_line(cast: Cast, case: Case) -> None:
    open_case(case, moderator=cast.moderator)
    open_case(case, moderator=cast.moderator)
    assert Opening.objects.count() == 1


def test_sight_ends_with_the_decision(cast: Cast, story: Story, case: Case) -> None:
    decided(case, cast.moderator, Act.REMOVE)
    assert not is_visible_to(story, Viewer.moderator(cast.moderator))
    assert Opening.objects.get().closed_at is not None


@pytest.mark.parametrize(
    ("act", "state"), [(Act.DISMISS, State.LIVE), (Act.ASK, State.HELD), (Act.REMOVE, State.WITHDRAWN)]
)
def test_a_decision_does_what_it_says(cast: Cast, story: Story, case: Case, act: Act, state: State) -> None:
    decided(case, cast.moderator, act)
    assert state_of(story) == state
    assert is_visible_to(story, Viewer.stranger()) is (state == State.LIVE)


def test_a_suspended_member_keeps_her_account_and_cannot_write(cast: Cast, case: Case) -> None:
    decided(case, cast.moderator, Act.PAUSE)
    assert Member.objects.get(pk=cast.author.pk).is_suspended


def test_a_restriction_needs_a_rule_and_the_facts(cast: Cast, case: Case) -> None:
    open_case(case, moderator=cast.moderator)
    for clause, reason in (("", "facts"), ("kind", " "), ("no such rule", "facts")):
        with pytest.raises(ReasonMissingError):
            decide(case, moderator=cast.moderator, ruling=Ruling(Act.REMOVE, clause, reason), seen=seen(case))


def test_two_people_cannot_decide_one_case(cast: Cast, case: Case) -> None:
    second = make_member("Rook", is_moderator=True)
    open_case(case, moderator=second)
    stale = Case.objects.get(pk=case.pk)
    decided(case, cast.moderator, Act.ASK)
    open_case(stale, moderator=second)
    with pytest.raises(AlreadyDecidedError):
        decide(stale, moderator=second, ruling=Ruling(Act.DISMISS), seen=seen(stale))
    assert Decision.objects.count() == 1


def test_a_text_that_was_changed_since_it_was_read_is_not_decided(cast: Cast, story: Story, case: Case) -> None:
    open_case(case, moderator=cast.moderator)
    was = seen(case)
    Story.objects.written_by(cast.author).filter(pk=story.pk).update(text="changed", touched_at=story.touched_at + 1)
    with pytest.raises(ChangedMeanwhileError):
        decide(case, moderator=cast.moderator, ruling=Ruling(Act.DISMISS), seen=was)
    assert Case.objects.get(pk=case.pk).state == CaseState.OPEN


def test_a_held_text_that_became_a_draft_again_is_never_published_by_a_release(cast: Cast) -> None:
    story = told(cast.author, EVERYONE)
    hold_first_text(story)
    case = case_about(story)
    open_case(case, moderator=cast.moderator)
    was = seen(case)
    Story.objects.written_by(cast.author).filter(pk=story.pk).update(state=State.DRAFT)
    with pytest.raises(ChangedMeanwhileError):
        decide(case, moderator=cast.moderator, ruling=Ruling(Act.RELEASE), seen=was)
    assert state_of(story) == State.DRAFT


def test_a_moderator_decides_neither_on_her_own_words_nor_on_her_own_report(cast: Cast) -> None:
    hers = told(cast.moderator, MEMBERS)
    about_her = report(hers, by=cast.author, reason="cruel")
    with pytest.raises(NotForYouError):
        open_case(about_her, moderator=cast.moderator)
    by_her = report(told(cast.author, MEMBERS), by=cast.moderator, reason="cruel")
    open_case(by_her, moderator=cast.moderator)
    with pytest.raises(NotForYouError):
        decide(by_her, moderator=cast.moderator, ruling=Ruling(Act.DISMISS), seen=seen(by_her))


def test_a_moderator_does_not_even_learn_that_her_own_words_were_reported(cast: Cast) -> None:
    case = report(told(cast.moderator, MEMBERS), by=cast.author, reason="cruel")
    client = signed_in(cast.moderator)
    assert case.ref not in client.get("/moderation/").content.decode()
    assert client.get(f"/moderation/cases/{case.ref}/").status_code == 404


def test_who_has_not_opened_a_case_cannot_decide_it(cast: Cast, case: Case) -> None:
    with pytest.raises(NotForYouError):
        decide(case, moderator=cast.moderator, ruling=Ruling(Act.DISMISS), seen=seen(case))


def test_members_who_moderate_nothing_cannot_open(cast: Cast, case: Case) -> None:
    for member in (cast.other_member, cast.host):
        with pytest.raises(NotForYouError):
            open_case(case, moderator=member)
        assert signed_in(member).get("/moderation/").status_code == 404
        assert signed_in(member).get(f"/moderation/cases/{case.ref}/").status_code == 404


def test_a_decision_about_a_text_that_is_gone_can_still_close_the_case(cast: Cast, story: Story, case: Case) -> None:
    Story.objects.written_by(cast.author).filter(pk=story.pk).delete()
    open_case(case, moderator=cast.moderator)
    decide(case, moderator=cast.moderator, ruling=Ruling(Act.DISMISS), seen=None)
    assert Case.objects.get(pk=case.pk).state == CaseState.DECIDED


def test_a_removal_taken_back_shows_the_text_again(cast: Cast, story: Story, case: Case) -> None:
    removed = decided(case, cast.moderator, Act.REMOVE)
    open_case(case, moderator=cast.moderator)
    lifted = take_back(removed, moderator=cast.moderator, reason="We read it wrongly.")
    assert state_of(story) == State.LIVE
    client = signed_in(cast.author)
    assert "An earlier decision was taken back." in client.get("/me/decisions/").content.decode()
    assert "We read it wrongly." in client.get(f"/me/decisions/{lifted.pk}/").content.decode()
    open_case(case, moderator=cast.moderator)
    with pytest.raises(AlreadyDecidedError):
        take_back(removed, moderator=cast.moderator, reason="again")


def test_what_its_author_changed_after_a_removal_is_read_before_others_see_it_again(
    cast: Cast, story: Story, case: Case
) -> None:
    removed = decided(case, cast.moderator, Act.REMOVE)
    Story.objects.written_by(cast.author).filter(pk=story.pk).update(touched_at=story.touched_at + 1)
    open_case(case, moderator=cast.moderator)
    take_back(removed, moderator=cast.moderator, reason="We read it wrongly.")
    assert state_of(story) == State.HELD
    assert case_about(story).because == Because.FIRST_TEXT


def test_a_hidden_text_is_read_again_once_its_author_has_changed_it_and_asks(
    cast: Cast, story: Story, case: Case
) -> None:
    hidden = decided(case, cast.moderator, Act.ASK)
    client = signed_in(cast.author)
    assert client.post(f"/me/decisions/{hidden.pk}/again/").status_code == 404
    Story.objects.written_by(cast.author).update(text="softer", touched_at=story.touched_at + 1)
    assert "read it again" in client.get(f"/me/decisions/{hidden.pk}/").content.decode()
    assert signed_in(cast.other_member).post(f"/me/decisions/{hidden.pk}/again/").status_code == 404
    client.post(f"/me/decisions/{hidden.pk}/again/")
    assert "It waits to be read again." in client.get("/me/decisions/").content.decode()
    decided(case_about(story), cast.moderator, Act.RELEASE)
    assert state_of(story) == State.LIVE
    assert "no longer in force" in client.get("/me/decisions/").content.decode()
    assert "for a time" in signed_in(cast.other_member).get("/me/decisions/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_decide_in_the_same_moment_make_one_decision(cast: Cast) -> None:
    case = report(told(cast.author, EVERYONE), by=cast.other_member, reason="cruel")
    moderators = [cast.moderator, make_member("Rook", is_moderator=True)]
    for moderator in moderators:
        open_case(case, moderator=moderator)
    stamp, together, outcomes = seen(case), threading.Barrier(2), []

    def work(moderator: Member) -> None:
        mine = Case.objects.get(pk=case.pk)
        together.wait()
        try:
            outcomes.append(decide(mine, moderator=moderator, ruling=Ruling(Act.DISMISS), seen=stamp).act)
        except (AlreadyDecidedError, NotForYouError):  # too late by a moment, or by two: the openings are closed
            outcomes.append("too late")
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=[moderator]) for moderator in moderators]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(outcomes) == [Act.DISMISS, "too late"]
    assert Decision.objects.count() == 1


def test_a_suspension_ends_only_when_none_stands(cast: Cast, case: Case) -> None:
    other = report(told(cast.author, MEMBERS), by=cast.same_ring, reason="threat")
    first = decided(case, cast.moderator, Act.PAUSE)
    second = decided(other, cast.moderator, Act.PAUSE)
    for decision, still in ((first, True), (second, False)):
        open_case(decision.case, moderator=cast.moderator)
        take_back(decision, moderator=cast.moderator, reason="Looked at anew.")
        assert Member.objects.get(pk=cast.author.pk).is_suspended is still


def test_what_a_room_registered_is_done_on_release_and_only_then(cast: Cast, monkeypatch) -> None:
    done: list[Story] = []
    monkeypatch.delitem(_when_released, Story, raising=False)
    when_released(Story, done.append)
    with pytest.raises(ValueError, match="Two rooms"):
        when_released(Story, done.append)
    for act in (Act.ASK, Act.RELEASE):
        story = told(cast.author, EVERYONE)
        hold_first_text(story)
        decided(case_about(story), cast.moderator, act)
    assert done == [story]
    monkeypatch.delitem(_when_released, Story)


def test_a_hidden_story_does_not_come_back_by_way_of_only_me(cast: Cast, story: Story, case: Case, settings) -> None:
    settings.FIRST_TEXTS_READ = 0
    decided(case, cast.moderator, Act.ASK)
    story.refresh_from_db()
    for audience in (ShowTo.ONLY_ME, ShowTo.EVERYONE):
        share(story, by=cast.author, sharing=Sharing(audience))
        assert state_of(story) == State.HELD


def test_a_first_text_that_is_for_nobody_any_more_is_read_by_nobody(cast: Cast, settings) -> None:
    settings.FIRST_TEXTS_READ = 1
    story = share(begin(by=cast.author, title="", text="four days"), by=cast.author, sharing=Sharing(ShowTo.MEMBERS))
    open_case(case_about(story), moderator=cast.moderator)
    share(story, by=cast.author, sharing=Sharing(ShowTo.ONLY_ME))
    assert not Case.objects.exists()
    assert not is_visible_to(story, Viewer.moderator(cast.moderator))
    share(story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS))
    assert state_of(story) == State.HELD
    assert case_about(story).is_open
