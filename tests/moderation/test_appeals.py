"""Objecting to a decision: once, in time, heard by another person, and with effect."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from leeward.audience.models import EVERYONE, MEMBERS, Opening
from leeward.audience.publishing import publish
from leeward.audience.rule import is_visible_to
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.kit.moments import DAY, now_us
from leeward.members.belongings import Farewell, all_belongings
from leeward.members.leaving import leave
from leeward.members.models import Member
from leeward.members.tending import tend
from leeward.moderation.actions import Ruling, decide, open_case, report, take_back
from leeward.moderation.actions.appealing import MayNotObject, hear, object_to, open_appeal
from leeward.moderation.actions.deciding import AlreadyDecidedError, ReasonMissingError
from leeward.moderation.actions.opening import NotForYouError
from leeward.moderation.appeals import DAYS_TO_OBJECT, appeals_for, appeals_for_nobody
from leeward.moderation.models import Act, Appeal, Case, Decision, Evidence
from leeward.notifications.models import Notice
from leeward.stories.actions.writing import write
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.casework import case_about, decided, seen
from tests.stories.telling import told


@pytest.fixture
def story(cast: Cast) -> Story:
    return told(cast.author, EVERYONE, title="The harbour", text="what she wrote")


@pytest.fixture
def removed(cast: Cast, story: Story) -> Decision:
    return decided(report(story, by=cast.other_member, reason="cruel"), cast.moderator, Act.REMOVE)


@pytest.fixture
def second(cast: Cast) -> Member:
    return make_member("Rook", is_moderator=True)


def state_of(thing: Story | Answer) -> int:
    thing.refresh_from_db()
    return thing.state


def heard(appeal: Appeal, by: Member, *, granted: bool, answer: str = "We read it anew.") -> None:
    open_appeal(appeal, by=by)
    hear(appeal, by=by, granted=granted, answer=answer)


def kinds_told(member: Member) -> set[str]:
    return set(Notice.objects.filter(member=member).values_list("kind", flat=True))


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


# -- Who hears it ----------------------------------------------------------------------------------------------------


def test_who_decided_does_not_hear_it(cast: Cast, removed: Decision, second: Member) -> None:
    appeal = object_to(removed, by=cast.author)
    assert (appeals_for(cast.moderator), appeals_for(second)) == ([], [appeal])
    with pytest.raises(NotForYouError):
        open_appeal(appeal, by=cast.moderator)
    client = signed_in(cast.moderator)
    assert client.get(f"/moderation/appeals/{appeal.pk}/").status_code == 404
    assert client.post(f"/moderation/appeals/{appeal.pk}/hear/", {"granted": "no"}).status_code == 404
    assert kinds_told(second) == {"moderation.appeal_waits"}
    assert "moderation.appeal_waits" not in kinds_told(cast.moderator)


def test_where_there_is_no_second_moderator_the_host_hears_it(cast: Cast, story: Story, removed: Decision) -> None:
    appeal = object_to(removed, by=cast.author)
    client = signed_in(cast.host)
    assert "The harbour" not in client.get(f"/moderation/appeals/{appeal.pk}/").content.decode()
    client.post(f"/moderation/appeals/{appeal.pk}/open/")
    assert "what she wrote" in client.get(f"/moderation/appeals/{appeal.pk}/").content.decode()
    assert Opening.objects.filter(moderator=cast.host, thing_id=story.pk, closed_at=None).exists()
    client.post(f"/moderation/appeals/{appeal.pk}/hear/", {"granted": "yes", "answer": "I see it otherwise."})
    assert state_of(story) == State.LIVE
    assert not Opening.objects.filter(moderator=cast.host, closed_at=None).exists()


def test_while_there_is_another_moderator_the_host_does_not_hear_it(
    cast: Cast, removed: Decision, second: Member
) -> None:
    appeal = object_to(removed, by=cast.author)
    assert signed_in(cast.host).get(f"/moderation/appeals/{appeal.pk}/").status_code == 404


def test_where_there_is_nobody_it_waits_and_everybody_is_told_so(cast: Cast, removed: Decision) -> None:
    Member.objects.filter(pk=cast.host.pk).update(is_host=False)
    Member.objects.filter(pk=cast.moderator.pk).update(is_host=True)
    client = signed_in(cast.author)
    assert "Nobody else is there yet" in client.get(f"/me/decisions/{removed.pk}/object/").content.decode()
    client.post(f"/me/decisions/{removed.pk}/object/", {"words": ""})
    assert "Nobody else is there yet" in client.get(f"/me/decisions/{removed.pk}/").content.decode()
    assert "moderation.nobody_to_hear" in kinds_told(cast.moderator)
    appeal = Appeal.objects.get()
    assert appeals_for_nobody() == [appeal]
    assert "nobody here who may hear it" in signed_in(cast.moderator).get("/moderation/appeals/").content.decode()
    newcomer = make_member("Rook", is_moderator=True)
    assert (appeals_for_nobody(), appeals_for(newcomer)) == ([], [appeal])
    assert "Nobody else is there yet" not in client.get(f"/me/decisions/{removed.pk}/").content.decode()


def test_who_pointed_it_out_does_not_hear_it(cast: Cast, story: Story, second: Member) -> None:
    decision = decided(report(story, by=second, reason="cruel"), cast.moderator, Act.REMOVE)
    appeal = object_to(decision, by=cast.author)
    assert (appeals_for(second), appeals_for(cast.host)) == ([], [appeal])


def test_whoever_it_was_aimed_at_does_not_hear_it(cast: Cast, second: Member) -> None:
    answer = Answer.objects.create(story=told(second, EVERYONE), author=cast.author, text="at least")
    publish(answer)
    decision = decided(report(answer, by=cast.other_member, reason="cruel"), cast.moderator, Act.REMOVE)
    appeal = object_to(decision, by=cast.author)
    assert (appeals_for(second), appeals_for(cast.host)) == ([], [appeal])


def test_a_moderator_whom_a_decision_keeps_from_writing_hears_nobody(
    cast: Cast, removed: Decision, second: Member
) -> None:
    words = report(told(second, MEMBERS), by=cast.other_member, reason="cruel")
    decided(words, cast.moderator, Act.PAUSE)
    second.refresh_from_db()
    appeal = object_to(removed, by=cast.author)
    assert appeals_for(second) == []
    assert signed_in(second).get(f"/moderation/appeals/{appeal.pk}/").status_code == 404
    assert appeals_for(cast.host) == [appeal]


def test_an_objection_is_heard_by_whoever_has_opened_it_with_a_line_in_the_log(
    cast: Cast, story: Story, removed: Decision, second: Member
) -> None:
    appeal = object_to(removed, by=cast.author, words="It is a line of a song.")
    client = signed_in(second)
    closed = client.get(f"/moderation/appeals/{appeal.pk}/").content.decode()
    for part in ("what she wrote", "It is a line of a song.", "It says she is to blame."):
        assert part not in closed
    with pytest.raises(NotForYouError):
        hear(appeal, by=second, granted=True, answer="anew")
    client.post(f"/moderation/appeals/{appeal.pk}/open/")
    assert Opening.objects.filter(moderator=second, thing_id=story.pk, closed_at=None).exists()
    opened = client.get(f"/moderation/appeals/{appeal.pk}/").content.decode()
    for part in ("what she wrote", "It is a line of a song.", "It says she is to blame.", "blamed, belittled"):
        assert part in opened
    for trace in (cast.moderator.name, cast.other_member.name):
        assert trace not in opened


def test_nothing_that_was_written_is_lost_when_something_is_missing(
    cast: Cast, removed: Decision, second: Member
) -> None:
    appeal = object_to(removed, by=cast.author)
    open_appeal(appeal, by=second)
    client = signed_in(second)
    page = client.post(f"/moderation/appeals/{appeal.pk}/hear/", {"answer": "I see it otherwise."}).content.decode()
    assert "I see it otherwise." in page
    page = client.post(f"/moderation/appeals/{appeal.pk}/hear/", {"granted": "yes", "answer": " "}).content.decode()
    assert "checked" in page
    appeal.refresh_from_db()
    assert appeal.heard_at is None
    with pytest.raises(ReasonMissingError):
        hear(appeal, by=second, granted=True, answer=" ")
    long = "word " * 1000
    twice = signed_in(cast.author).post(f"/me/decisions/{removed.pk}/object/", {"words": long})
    assert twice.status_code == 302  # objected to already: she is led to it


def test_words_that_are_too_long_stay_in_the_form(cast: Cast, removed: Decision) -> None:
    long = "a line of a song " * 300
    page = signed_in(cast.author).post(f"/me/decisions/{removed.pk}/object/", {"words": long}).content.decode()
    assert "a line of a song a line of a song" in page
    assert "What you wrote is still there." in page
    assert not Appeal.objects.exists()


def test_those_who_pointed_it_out_hear_that_it_was_looked_at_again(
    cast: Cast, removed: Decision, second: Member
) -> None:
    Notice.objects.all().delete()
    heard(object_to(removed, by=cast.author), second, granted=True)
    assert kinds_told(cast.other_member) == {"moderation.outcome"}
    assert "looked at again" in signed_in(cast.other_member).get("/me/decisions/").content.decode()


# -- Two at once, and what happens meanwhile -------------------------------------------------------------------------


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
