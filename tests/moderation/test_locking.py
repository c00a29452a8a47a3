"""A photo that the law may forbid: locked at once, kept, brought to the host, told with care, or given back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from leeward.audience.models import EVERYONE
from leeward.audience.shared import State
from leeward.kit.moments import DAY, now_us
from leeward.moderation.actions import Ruling, decide, open_case, report, settle, take_back
from leeward.moderation.actions.appealing import object_to
from leeward.moderation.actions.deciding import acts_for
from leeward.moderation.actions.lifting import false_alarm
from leeward.moderation.actions.locking import StepMissesSomething, take_step, tend_locked
from leeward.moderation.actions.opening import NotForYouError, thing_of
from leeward.moderation.appeals import Keepers, may_object
from leeward.moderation.models import Act, Case, Decision, Locked, LockedStep, StepTaken
from leeward.moderation.statements import decisions_about
from leeward.notifications.models import Notice
from leeward.photos.models import Lock, Photo, Stage
from leeward.photos.vault import erase_what_is_over
from leeward.stories.actions.pictures import take_pictures_back
from leeward.stories.models import Picture
from leeward.stories.pictures import pictures_of
from tests.conftest import Cast, make_member, signed_in
from tests.stories.photographs import standing
from tests.stories.telling import told


@pytest.fixture(autouse=True)
def _known(settings: Any) -> None:
    settings.FIRST_TEXTS_READ = settings.FIRST_PHOTOS_READ = 0


def a_picture(cast: Cast) -> Picture:
    picture = standing(told(cast.author, EVERYONE), alt="a knitted hat")
    settle(picture)
    picture.refresh_from_db()
    assert picture.is_live
    return picture


def reported(cast: Cast, picture: Picture) -> Case:
    report(picture, by=cast.other_member, reason="law")
    case = Case.objects.get(kind="stories.picture")
    open_case(case, moderator=cast.moderator)
    return case


def locked(cast: Cast) -> tuple[Picture, Locked]:
    picture = a_picture(cast)
    case = reported(cast, picture)
    decide(case, moderator=cast.moderator, ruling=Ruling(Act.LOCK), seen=picture.touched_at)
    picture.refresh_from_db()
    return picture, Locked.objects.get()


def images_on(client: Client, picture: Picture) -> int:
    return client.get(picture.story.get_absolute_url()).content.decode().count(f"/photos/{picture.photo.ref}/")


def bells(member: Any, kind: str) -> int:
    return Notice.objects.filter(member=member, kind=kind).count()


def test_it_is_out_of_everyones_sight_at_once_and_kept(cast: Cast) -> None:
    picture, row = locked(cast)
    assert picture.photo.stage == Stage.LOCKED
    assert picture.state == State.WITHDRAWN
    for member in (cast.author, cast.other_member, cast.moderator, cast.host):
        assert not images_on(signed_in(member), picture)
    assert Lock.objects.get().keep_until == row.keep_until
    assert 364 * DAY < row.keep_until - now_us() < 366 * DAY
    assert bells(cast.host, "moderation.locked") == 1
    case_page = signed_in(cast.moderator).get(f"/moderation/cases/{row.decision.case.ref}/")
    assert picture.photo.ref not in case_page.content.decode()


def test_only_what_is_looked_at_can_be_locked(cast: Cast) -> None:
    story = told(cast.author, EVERYONE)
    report(story, by=cast.other_member, reason="law")
    case = Case.objects.get()
    open_case(case, moderator=cast.moderator)
    assert Act.LOCK not in acts_for(case, thing_of(case, cast.moderator))


def test_a_moderator_locks_with_two_presses_and_without_words(cast: Cast) -> None:
    picture = a_picture(cast)
    case = reported(cast, picture)
    client = signed_in(cast.moderator)
    path = f"/moderation/cases/{case.ref}/"
    closed = client.get(path).content.decode()
    assert "Look at it, small" in closed
    assert "<img" not in closed
    small = client.get(path, {"look": "small"}).content.decode()
    assert f"/photos/{picture.photo.ref}/small/" in small
    assert f"/photos/{picture.photo.ref}/large/" in client.get(path, {"look": "large"}).content.decode()
    sent = client.post(f"{path}decide/", {"act": "lock", "seen": picture.touched_at})
    assert sent["Location"] == "/moderation/"
    assert Locked.objects.count() == 1


def test_its_author_is_told_after_a_day_and_not_before(cast: Cast) -> None:
    _picture, row = locked(cast)
    assert decisions_about(cast.author) == []
    assert signed_in(cast.author).get(f"/me/decisions/{row.decision_id}/").status_code == 404
    assert not bells(cast.author, "moderation.decided")
    tend_locked()
    assert not bells(cast.author, "moderation.decided")
    Locked.objects.update(tell_at=now_us())
    assert tend_locked() == 1
    assert tend_locked() == 0
    assert bells(cast.author, "moderation.decided") == 1
    said = signed_in(cast.author).get(f"/me/decisions/{row.decision_id}/").content.decode()
    assert "It is locked: nobody sees it now, you neither" in said
    assert "it may be a mistake" in said


def test_the_host_gives_a_false_alarm_back_and_it_stands_where_it_stood(cast: Cast) -> None:
    picture, row = locked(cast)
    client = signed_in(cast.host)
    said = client.get("/moderation/locked/").content.decode()
    assert row.what in said
    assert "Not yet confirmed by this place" in said
    assert "only photo of her child" in said
    no_words = client.post(f"/moderation/locked/{row.ref}/", {"what": "give_back"})
    assert no_words.status_code == 422
    given = client.post(f"/moderation/locked/{row.ref}/", {"what": "give_back", "words": "It was a mistake of ours."})
    assert given.status_code == 302
    picture.refresh_from_db()
    assert (picture.state, picture.photo.stage) == (State.LIVE, Stage.READY)
    assert images_on(signed_in(cast.other_member), picture)
    assert not Lock.objects.exists()
    read = signed_in(cast.author).get(f"/me/decisions/{row.decision_id}/").content.decode()
    assert "no longer in force" in read
    assert LockedStep.objects.get().by == cast.host


def test_no_moderator_gives_it_back_and_nobody_but_the_host_sees_the_page(cast: Cast) -> None:
    picture, row = locked(cast)
    open_case(row.decision.case, moderator=cast.moderator)
    with pytest.raises(NotForYouError):
        take_back(row.decision, moderator=cast.moderator, reason="I was wrong.")
    with pytest.raises(PermissionError):
        false_alarm(row, by=cast.moderator, words="I was wrong.")
    for member in (cast.author, cast.moderator, cast.other_member):
        assert signed_in(member).get("/moderation/locked/").status_code == 404
        assert signed_in(member).post(f"/moderation/locked/{row.ref}/", {"what": "tell"}).status_code == 404
    picture.refresh_from_db()
    assert picture.photo.stage == Stage.LOCKED


def test_the_host_waits_with_telling_only_with_a_reason_and_a_day(cast: Cast) -> None:
    _picture, row = locked(cast)
    with pytest.raises(StepMissesSomething):
        take_step(row, by=cast.host, what=StepTaken.QUIET, words="", until=now_us() + DAY)
    with pytest.raises(StepMissesSomething):
        take_step(row, by=cast.host, what=StepTaken.QUIET, words="The police asked.", until=now_us() + 400 * DAY)
    take_step(row, by=cast.host, what=StepTaken.QUIET, words="The police asked.", until=now_us() + 30 * DAY)
    row.refresh_from_db()
    assert row.tell_at > now_us() + 29 * DAY
    take_step(row, by=cast.host, what=StepTaken.TELL, words="")
    assert bells(cast.author, "moderation.decided") == 1
    take_step(row, by=cast.host, what=StepTaken.TELL, words="")
    assert bells(cast.author, "moderation.decided") == 1


def test_it_is_kept_longer_never_shorter(cast: Cast) -> None:
    _picture, row = locked(cast)
    with pytest.raises(StepMissesSomething):
        take_step(row, by=cast.host, what=StepTaken.KEEP, words="Tidying.", until=now_us() + DAY)
    take_step(row, by=cast.host, what=StepTaken.KEEP, words="A court asked.", until=now_us() + 800 * DAY)
    assert Lock.objects.get().keep_until > now_us() + 799 * DAY


def test_on_its_date_it_is_erased_and_the_page_says_so(cast: Cast) -> None:
    _picture, row = locked(cast)
    Locked.objects.update(keep_until=now_us(), told_at=1)
    Lock.objects.update(keep_until=now_us())
    tend_locked()
    assert not Locked.objects.filter(over_at__isnull=False).exists()  # not before the vault says so
    erase_what_is_over()
    tend_locked()
    assert Locked.objects.filter(pk=row.pk, over_at__isnull=False).exists()
    assert not Photo.objects.exists()
    assert "erased on its date" in signed_in(cast.host).get("/moderation/locked/").content.decode()


def test_an_objection_is_heard_by_the_host_first_and_can_give_it_back(cast: Cast) -> None:
    picture, row = locked(cast)
    other = make_member("Sedge", is_moderator=True)
    take_step(row, by=cast.host, what=StepTaken.TELL, words="")
    assert may_object(row.decision, cast.author)
    appeal = object_to(row.decision, by=cast.author, words="It is his hat.")
    assert Keepers.now().who_may_hear(row.decision) == (cast.host,)
    client = signed_in(cast.host)
    client.post(f"/moderation/appeals/{appeal.pk}/open/")
    client.post(f"/moderation/appeals/{appeal.pk}/hear/", {"granted": "yes", "answer": "You are right."})
    picture.refresh_from_db()
    assert Decision.objects.get(act=Act.LOCK).stands is False, other
    assert picture.photo.stage == Stage.READY


def test_if_its_story_has_gone_a_false_alarm_lets_the_photo_go(cast: Cast) -> None:
    picture, row = locked(cast)
    take_pictures_back(picture.story)
    assert Photo.objects.get().stage == Stage.LOCKED
    false_alarm(row, by=cast.host, words="It was a mistake of ours.")
    assert not Photo.objects.exists()
    assert pictures_of(picture.story, cast.viewers()["author"]) == {}
