from __future__ import annotations

import pytest
from django.db import transaction

from leeward.audience.actions import block, mute, put_aside
from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.publishing import publish, withdraw
from leeward.audience.viewers import Viewer
from leeward.kit.moments import DAY, now_us
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.members.tending import tend
from leeward.notifications import kinds
from leeward.notifications.actions import choose_kinds, tell
from leeward.notifications.bell import has_something_new, lines_for
from leeward.notifications.kinds import Kind, kinds_to_choose, register
from leeward.notifications.models import Letter, Notice, Preference
from leeward.stories.models import Answer
from tests.conftest import Cast, signed_in
from tests.notifications.conftest import THING
from tests.stories.telling import told


def paths(member) -> list[str]:
    return [line.path for line in lines_for(member, Viewer.member(member))[0]]


def test_the_bell_says_what_happened_with_no_word_of_the_text_and_is_quiet_once_read(cast: Cast) -> None:
    story = told(cast.other_member, MEMBERS, title="larchwater", text="larchwater")
    tell(cast.author, THING, story)
    client = signed_in(cast.author)
    page = client.get("/bell/").content.decode()
    assert "Something happened." in page
    assert story.get_absolute_url() in page
    assert "larchwater" not in page
    assert not has_something_new(cast.author)
    assert "Something happened." in client.get("/bell/").content.decode()


def test_the_bell_is_her_own(cast: Cast, client) -> None:
    tell(cast.author, THING, path="/somewhere/")
    assert "/somewhere/" not in signed_in(cast.other_member).get("/bell/").content.decode()
    assert not has_something_new(cast.other_member)
    assert not has_something_new(None)
    assert client.get("/bell/").status_code == 302


def test_what_she_may_not_see_does_not_ring(cast: Cast) -> None:
    tell(cast.other_member, THING, told(cast.author))
    tell(cast.blocked, THING, told(cast.author, MEMBERS))
    assert not Notice.objects.exists()


def test_what_she_asked_not_to_meet_does_not_ring(cast: Cast) -> None:
    mute(cast.other_member, cast.author)
    tell(cast.other_member, THING, told(cast.author, MEMBERS))
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda cast, story: withdraw(story),
        lambda cast, story: block(cast.author, cast.other_member),
        lambda cast, story: mute(cast.other_member, cast.author),
        lambda cast, story: put_aside(cast.other_member, story),
        lambda cast, story: story.delete(),
    ],
)
def test_what_she_may_no_longer_see_is_no_longer_listed(cast: Cast, change) -> None:
    story = told(cast.author, MEMBERS)
    tell(cast.other_member, THING, story)
    assert paths(cast.other_member) == [story.get_absolute_url()]
    change(cast, story)
    assert paths(cast.other_member) == []
    signed_in(cast.other_member).get("/bell/")
    assert not has_something_new(cast.other_member)


def test_what_she_has_not_read_is_not_told_twice(cast: Cast) -> None:
    story = told(cast.other_member, MEMBERS)
    tell(cast.author, THING, story)
    tell(cast.author, THING, story)
    assert Notice.objects.count() == 1


def test_a_notice_is_undone_with_what_it_tells_of(cast: Cast) -> None:
    with transaction.atomic():
        tell(cast.author, THING, path="/somewhere/")
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("path", ["", "https://elsewhere.example/", "//elsewhere.example/"])
def test_a_notice_points_at_something_here(cast: Cast, path: str) -> None:
    with pytest.raises(ValueError, match="one thing or at one path"):
        tell(cast.author, THING, path=path)


def test_a_kind_that_nobody_registered_is_refused(cast: Cast) -> None:
    with pytest.raises(LookupError):
        tell(cast.author, "no.such", path="/somewhere/")
    with pytest.raises(ValueError, match="Two rooms"):
        register(Kind(THING, "", ""))


def test_a_kind_switched_off_is_off_at_once(cast: Cast) -> None:
    tell(cast.author, THING, path="/before/")
    choose_kinds(cast.author, {THING: (False, False)})
    tell(cast.author, THING, path="/after/")
    assert not has_something_new(cast.author)
    assert paths(cast.author) == []
    assert Notice.objects.count() == 1


def test_what_a_decision_says_cannot_be_switched_off(cast: Cast, monkeypatch) -> None:
    monkeypatch.setitem(kinds._kinds, "tests.must", Kind("tests.must", "x", "You must know.", may_be_off=False))
    choose_kinds(cast.author, {"tests.must": (False, False)})
    tell(cast.author, "tests.must", path="/somewhere/")
    assert has_something_new(cast.author)
    assert not Preference.objects.exists()


def test_the_switches_are_a_plain_form(cast: Cast) -> None:
    client = signed_in(cast.author)
    assert "Something for tests" in client.get("/me/letters/").content.decode()
    client.post("/me/letters/", {"stories.answer": ["bell"]})
    off = {row.kind: (row.bell, row.letter) for row in Preference.objects.filter(member=cast.author)}
    assert off[THING] == (False, True)
    assert off["stories.answer"] == (True, True)


def test_only_moderators_are_asked_about_what_only_moderators_hear(cast: Cast) -> None:
    assert "moderation.urgent" in {kind.key for kind in kinds_to_choose(cast.moderator)}
    assert "moderation.urgent" not in {kind.key for kind in kinds_to_choose(cast.author)}


def test_the_bell_asks_once_for_each_kind_of_thing(cast: Cast, django_assert_num_queries) -> None:
    story = told(cast.author, EVERYONE)
    for _one in range(5):
        answer = Answer.objects.create(story=story, author=cast.other_member, text="with you")
        publish(answer)
        tell(cast.author, THING, answer)
        tell(cast.author, THING, told(cast.other_member, MEMBERS))
    viewer = Viewer.member(cast.author)
    with django_assert_num_queries(3):
        assert len(lines_for(cast.author, viewer)[0]) == 10
    with django_assert_num_queries(1):
        assert has_something_new(cast.author)


def test_a_long_bell_goes_on(cast: Cast) -> None:
    for number in range(60):
        tell(cast.author, THING, path=f"/n{number}/")
    first = signed_in(cast.author).get("/bell/").content.decode()
    assert "/n59/" in first
    assert "/n9/" not in first
    _lines, onward = lines_for(cast.author, Viewer.member(cast.author))
    assert "/n9/" in signed_in(cast.author).get(f"/bell/?before={onward}").content.decode()


def test_a_notice_of_a_room_that_is_no_more_is_passed_over(cast: Cast) -> None:
    Notice.objects.create(member=cast.author, kind="gone.room", path="/somewhere/")
    Notice.objects.create(member=cast.author, kind=THING, thing_kind="gone.thing", thing_id=1)
    assert signed_in(cast.author).get("/bell/").status_code == 200
    assert paths(cast.author) == []


def test_notices_go_when_their_days_are_over(cast: Cast) -> None:
    for at in (now_us() - 89 * DAY, now_us() - 91 * DAY):
        notice = Notice.objects.create(member=cast.author, kind=THING, path="/somewhere/", at=at)
        Letter.objects.create(member=cast.author, notice=notice)
    tend()
    assert (Notice.objects.count(), Letter.objects.count()) == (1, 1)


def test_leaving_takes_notices_and_choices_along(cast: Cast) -> None:
    tell(cast.author, THING, path="/somewhere/")
    choose_kinds(cast.author, {THING: (True, False)})
    leave(cast.author, Farewell.LEAVE_WORDS)
    assert [model for model in (Notice, Preference) if model._default_manager.exists()] == []
