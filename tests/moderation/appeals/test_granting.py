"""Objecting to a decision: once, in time, heard by another person, and with effect."""

from __future__ import annotations

import pytest

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.rule import is_visible_to
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member
from leeward.moderation.actions import Ruling, decide, open_case, report
from leeward.moderation.actions.appealing import MayNotObject, object_to
from leeward.moderation.appeals import DAYS_TO_OBJECT
from leeward.moderation.models import Act, Appeal, Decision
from leeward.stories.actions.writing import write
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, signed_in
from tests.moderation.appeals.objecting import heard, kinds_told, state_of
from tests.moderation.casework import case_about, decided, seen
from tests.stories.telling import told


def test_a_granted_objection_gives_back_what_was_taken(
    cast: Cast, story: Story, removed: Decision, second: Member
) -> None:
    heard(object_to(removed, by=cast.author, words="It is a line of a song."), second, granted=True)
    assert state_of(story) == State.LIVE
    assert is_visible_to(story, Viewer.stranger())
    removed.refresh_from_db()
    assert not removed.stands
    assert "moderation.appeal" in kinds_told(cast.author)
    page = signed_in(cast.author).get(f"/me/decisions/{removed.pk}/").content.decode()
    for part in ("It is a line of a song.", "The decision was taken back", "We read it anew.", "no longer in force"):
        assert part in page, part


def test_an_objection_that_is_not_granted_leaves_all_as_it_is_and_says_why(
    cast: Cast, story: Story, removed: Decision, second: Member
) -> None:
    heard(object_to(removed, by=cast.author), second, granted=False, answer="It lays blame on a reader.")
    assert state_of(story) == State.WITHDRAWN
    page = signed_in(cast.author).get(f"/me/decisions/{removed.pk}/").content.decode()
    assert "The decision stands" in page
    assert "It lays blame on a reader." in page
    assert "You can go to a court at any time." in page
    assert "Object to this decision" not in page
    for trace in (second.name, cast.moderator.name):
        assert trace not in page


def test_one_objects_once(cast: Cast, removed: Decision, second: Member) -> None:
    appeal = object_to(removed, by=cast.author)
    with pytest.raises(MayNotObject):
        object_to(removed, by=cast.author)
    heard(appeal, second, granted=False)
    with pytest.raises(MayNotObject):
        object_to(removed, by=cast.author)


def test_one_objects_within_six_months(cast: Cast, removed: Decision) -> None:
    client = signed_in(cast.author)
    Decision.objects.update(at=now_us() - DAYS_TO_OBJECT * DAY + DAY)
    assert client.get(f"/me/decisions/{removed.pk}/object/").status_code == 200
    Decision.objects.update(at=now_us() - DAYS_TO_OBJECT * DAY)
    assert client.get(f"/me/decisions/{removed.pk}/object/").status_code == 404
    assert client.post(f"/me/decisions/{removed.pk}/object/", {"words": "late"}).status_code == 404
    assert not Appeal.objects.exists()


def test_only_its_writer_objects(cast: Cast, removed: Decision) -> None:
    for member in (cast.other_member, cast.moderator, cast.host):
        with pytest.raises(MayNotObject):
            object_to(removed, by=member)


def test_what_takes_nothing_is_not_objected_to(cast: Cast) -> None:
    word = decided(report(told(cast.author, MEMBERS), by=cast.other_member, reason="cruel"), cast.moderator, Act.WORD)
    with pytest.raises(MayNotObject):
        object_to(word, by=cast.author)


@pytest.mark.parametrize("act", [Act.WARN, Act.ASK, Act.HIDE, Act.PAUSE, Act.END])
def test_every_restriction_can_be_objected_to_also_by_whom_it_keeps_from_writing(
    cast: Cast, story: Story, second: Member, act: Act
) -> None:
    decision = decided(report(story, by=cast.other_member, reason="cruel"), cast.moderator, act)
    client = signed_in(Member.objects.get(pk=cast.author.pk))
    client.post(f"/me/decisions/{decision.pk}/object/", {"words": "Please look again."})
    appeal = Appeal.objects.get()
    assert appeal.words == "Please look again."
    heard(appeal, second, granted=True)
    assert state_of(story) == State.LIVE
    assert Member.objects.get(pk=cast.author.pk).may_write


def test_the_end_of_a_membership_is_undone_everywhere(cast: Cast, second: Member) -> None:
    stories = [told(cast.author, ring, text=str(ring)) for ring in (EVERYONE, MEMBERS)]
    answer = Answer.objects.create(story=told(cast.other_member, EVERYONE), author=cast.author, text="So did I.")
    Answer.objects.written_by(cast.author).update(state=State.LIVE, at=1)
    ended = decided(report(stories[0], by=cast.other_member, reason="cruel"), cast.moderator, Act.END)
    assert {state_of(thing) for thing in (*stories, answer)} == {State.WITHDRAWN}
    heard(object_to(ended, by=Member.objects.get(pk=cast.author.pk)), second, granted=True)
    assert {state_of(thing) for thing in (*stories, answer)} == {State.LIVE}


def test_what_another_decision_hides_stays_hidden_and_comes_back_with_that_one(
    cast: Cast, story: Story, second: Member
) -> None:
    removed = decided(report(story, by=cast.other_member, reason="cruel"), cast.moderator, Act.REMOVE)
    other = told(cast.author, EVERYONE)
    ended = decided(report(other, by=cast.other_member, reason="cruel"), cast.moderator, Act.END)
    author = Member.objects.get(pk=cast.author.pk)
    heard(object_to(removed, by=author), second, granted=True)
    assert state_of(story) == State.WITHDRAWN
    heard(object_to(ended, by=author), second, granted=True)
    assert (state_of(story), state_of(other)) == (State.LIVE, State.LIVE)


def test_a_text_that_two_decisions_hide_is_shown_when_both_are_taken_back(
    cast: Cast, story: Story, second: Member
) -> None:
    asked = decided(report(story, by=cast.other_member, reason="cruel"), cast.moderator, Act.ASK)
    write(story, by=cast.author, title="", text="softer", stamp=story.touched_at)
    signed_in(cast.author).post(f"/me/decisions/{asked.pk}/again/")
    hidden = decided(case_about(story), cast.moderator, Act.HIDE)
    heard(object_to(asked, by=cast.author), second, granted=True)
    assert state_of(story) == State.HELD
    heard(object_to(hidden, by=cast.author), second, granted=True)
    assert state_of(story) == State.HELD  # it was changed after it was first hidden, so a person reads it
    decided(case_about(story), cast.moderator, Act.RELEASE)
    assert state_of(story) == State.LIVE


def test_the_longest_pause_counts_and_the_shorter_one_remains_when_it_is_taken_back(cast: Cast, second: Member) -> None:
    pauses = []
    for days in (30, 3):
        case = report(told(cast.author, MEMBERS), by=cast.other_member, reason="cruel")
        open_case(case, moderator=cast.moderator)
        ruling = Ruling(Act.PAUSE, "kind", "It lays blame.", days=days)
        pauses.append(decide(case, moderator=cast.moderator, ruling=ruling, seen=seen(case)))
        until = Member.objects.get(pk=cast.author.pk).suspended_until
        assert until is not None
        assert abs(until.timestamp() * 1e6 - (pauses[0].until or 0)) < 1e3
    heard(object_to(pauses[0], by=cast.author), second, granted=True)
    left = Member.objects.get(pk=cast.author.pk)
    assert left.is_suspended
    assert left.suspended_until is not None
    assert abs(left.suspended_until.timestamp() * 1e6 - (pauses[1].until or 0)) < 1e3
