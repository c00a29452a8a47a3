"""Objecting to a decision: once, in time, heard by another person, and with effect."""

from __future__ import annotations

import pytest

from leeward.audience.models import EVERYONE, MEMBERS, Opening
from leeward.audience.publishing import publish
from leeward.audience.shared import State
from leeward.members.models import Member
from leeward.moderation.actions import report
from leeward.moderation.actions.appealing import hear, object_to, open_appeal
from leeward.moderation.actions.deciding import ReasonMissingError
from leeward.moderation.actions.opening import NotForYouError
from leeward.moderation.appeals import appeals_for, appeals_for_nobody
from leeward.moderation.models import Act, Appeal, Decision
from leeward.notifications.models import Notice
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.appeals.objecting import heard, kinds_told, state_of
from tests.moderation.casework import decided
from tests.stories.telling import told


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
