"""The matrix for photos: who sees one in a story, and who gets a byte of it at its door, whatever address she has.

Nobody who may not see what a photo stands in gets anything of it: not with a copied address, not after it was taken
back, not after its day, not without an opened case.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from leeward.audience.actions import block
from leeward.audience.models import EVERYONE, MEMBERS, Opening, Ring, RingKind
from leeward.audience.publishing import show_to
from leeward.audience.shared import State
from leeward.audience.things import kind_of
from leeward.audience.viewers import Viewer
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member
from leeward.moderation.actions import open_case, report
from leeward.moderation.models import Case
from leeward.photos.addresses import address_of
from leeward.photos.sizes import Size
from leeward.photos.vault import lock
from leeward.stories.actions.sharing import take_back
from leeward.stories.models import Chapter, Picture, Story
from tests.conftest import Cast, signed_in
from tests.promises.test_matrix import AUTHOR, SEEN_WHEN_LIVE, a_chapter, a_story, who_sees
from tests.stories.photographs import standing
from tests.stories.telling import told


@pytest.fixture(autouse=True)
def _known(settings: Any) -> None:
    settings.FIRST_TEXTS_READ = settings.FIRST_PHOTOS_READ = 0


def a_picture(part: Story | Chapter) -> Picture:
    """A photo that others see, as far as they see what it stands in."""
    picture = standing(part, "teal" if isinstance(part, Chapter) else "olive")
    Picture.objects.written_by(part.author).filter(pk=picture.pk).update(state=State.LIVE, at=now_us())
    picture.refresh_from_db()
    return picture


@pytest.mark.parametrize(("audience", "signed"), SEEN_WHEN_LIVE)
def test_a_photo_is_seen_by_those_who_may_see_what_it_stands_in(cast: Cast, audience: str, signed: bool) -> None:
    story = a_story(cast, audience, signed=signed)
    assert who_sees(a_picture(story), cast) == SEEN_WHEN_LIVE[audience, signed]


@pytest.mark.parametrize("audience", ["only_me", "chosen", "members"])
def test_a_photo_in_a_chapter_is_seen_by_those_who_may_see_the_chapter(cast: Cast, audience: str) -> None:
    chapter, _made = a_chapter(cast, "everyone", audience)
    assert who_sees(a_picture(chapter), cast) == SEEN_WHEN_LIVE[audience, True]


@pytest.mark.parametrize("state", [State.DRAFT, State.HELD, State.WITHDRAWN])
def test_a_photo_that_is_not_live_or_stands_in_what_is_not_is_its_authors_alone(cast: Cast, state: State) -> None:
    story = a_story(cast, "everyone")
    picture = a_picture(story)
    Picture.objects.written_by(cast.author).update(state=state)
    assert who_sees(picture, cast) == AUTHOR
    Picture.objects.written_by(cast.author).update(state=State.LIVE)
    Story.objects.written_by(cast.author).update(state=state)
    assert who_sees(picture, cast) == AUTHOR


def test_a_case_about_a_photo_shows_it_and_one_about_its_story_does_not(cast: Cast) -> None:
    story = a_story(cast, "chosen")
    picture = a_picture(story)
    for thing, seen in ((story, False), (picture, True)):
        Opening.objects.create(moderator=cast.moderator, kind=kind_of(thing), thing_id=thing.pk, reason="a report")
        assert ("moderator" in who_sees(picture, cast)) is seen


def gets(member: Member | None, address: str) -> bool:
    """Whether this person gets the photo at this address."""
    answer = (signed_in(member) if member else Client()).get(address)
    assert answer.status_code in {200, 404}
    return bool(answer.status_code == 200 and b"".join(answer).startswith(b"\xff\xd8"))


def everybody(cast: Cast) -> dict[str, Member | None]:
    return {**vars(cast), "stranger": None}


def own_address(member: Member | None, picture: Picture) -> str:
    return address_of(picture.photo, Size.SMALL, Viewer.member(member) if member else Viewer.stranger())


@pytest.mark.parametrize("audience", ["only_me", "chosen", "members", "everyone"])
def test_the_door_opens_to_exactly_these_each_at_an_address_of_her_own(cast: Cast, audience: str) -> None:
    picture = a_picture(a_story(cast, audience))
    let_in = {name for name, member in everybody(cast).items() if gets(member, own_address(member, picture))}
    assert let_in == SEEN_WHEN_LIVE[audience, True]


def test_a_copied_address_opens_nothing_to_anybody_else(cast: Cast) -> None:
    picture = a_picture(told(cast.author, MEMBERS))
    page = signed_in(cast.other_member).get(picture.story.get_absolute_url()).content.decode()
    addresses = set(re.findall(r"/photos/[\w/-]+", page))
    assert len(addresses) >= 1
    for address in addresses:
        assert gets(cast.other_member, address)
        for name, member in everybody(cast).items():
            assert gets(member, address) is (name == "other_member"), name


def taken_back(picture: Picture) -> None:
    assert picture.author is not None
    take_back(picture.story, by=picture.author, keep_answers=False)


def past_its_day(picture: Picture) -> None:
    Story.objects.written_by(picture.author).update(until=now_us())


def for_nobody(picture: Picture) -> None:
    show_to(picture.story, [])


def locked(picture: Picture) -> None:
    lock(picture.photo, keep_until=now_us() + DAY)


def hidden(picture: Picture) -> None:
    Picture.objects.written_by(picture.author).update(state=State.WITHDRAWN)


@pytest.mark.parametrize("happens", [taken_back, past_its_day, for_nobody, locked, hidden])
def test_an_address_that_worked_works_no_more_from_that_moment_on(cast: Cast, happens: Any) -> None:
    picture = a_picture(told(cast.author, EVERYONE))
    addresses = {name: own_address(member, picture) for name, member in everybody(cast).items() if name != "author"}
    seen = {name for name, address in addresses.items() if gets(everybody(cast)[name], address)}
    assert seen == set(addresses) - {"blocked"}
    happens(picture)
    assert not [name for name, address in addresses.items() if gets(everybody(cast)[name], address)]


def test_a_block_closes_the_door_at_once(cast: Cast) -> None:
    picture = a_picture(told(cast.author, MEMBERS))
    address = own_address(cast.other_member, picture)
    assert gets(cast.other_member, address)
    block(cast.author, cast.other_member)
    assert not gets(cast.other_member, address)


def test_a_moderator_gets_nothing_without_an_opened_case_and_nothing_after_it(cast: Cast) -> None:
    picture = a_picture(told(cast.author))
    show_to(picture.story, [Ring.objects.create(kind=RingKind.PAIR).pk])  # nobody is in it
    at_work = address_of(picture.photo, Size.SMALL, Viewer.moderator(cast.moderator))
    assert not gets(cast.moderator, at_work)
    report(picture, by=cast.other_member, reason="cruel")
    case = Case.objects.get()
    assert not gets(cast.moderator, at_work)
    open_case(case, moderator=cast.moderator)
    assert gets(cast.moderator, at_work)
    assert not gets(cast.host, at_work)
    Opening.objects.update(closed_at=now_us())
    assert not gets(cast.moderator, at_work)


def test_photos_are_kept_by_nobody_on_the_way(cast: Cast) -> None:
    picture = a_picture(told(cast.author, EVERYONE))
    answer = Client().get(own_address(None, picture))
    assert "no-store" in answer["Cache-Control"]
