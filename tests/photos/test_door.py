"""The one door to photos: for whom, for how long, and what goes along with a photo."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from leeward.audience.actions import choose, unchoose
from leeward.audience.models import EVERYONE, MEMBERS, Opening, Ring
from leeward.audience.publishing import publish, withdraw
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.photos.addresses import QUARTER, address_of, srcset_of
from leeward.photos.models import Photo, Stage
from leeward.photos.sizes import Size
from leeward.photos.stores.choosing import the_store
from leeward.photos.stores.store import key_for, keys_for
from leeward.stories.models import Picture
from tests.conftest import Cast, signed_in
from tests.photos.making import a_photo
from tests.stories.telling import told

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_story(photo: Photo, *rings: int, signed: bool = True) -> Picture:
    """The photo, live in a live story for these rings."""
    author = photo.owner
    assert author is not None
    story = told(author, *rings, signed=signed)
    picture: Picture = Picture.objects.create(story=story, author=author, photo=photo, signed=signed)
    publish(picture)
    return picture


def browser(who: Member | None) -> Client:
    return signed_in(who) if who else Client()


def viewer(who: Member | None) -> Viewer:
    return Viewer.member(who) if who else Viewer.stranger()


def seen_by(who: Member | None, photo: Photo, size: Size = Size.SMALL) -> int:
    """What somebody finds at an address that was made for her."""
    return browser(who).get(address_of(photo, size, viewer(who))).status_code


@pytest.fixture
def photo(cast: Cast) -> Photo:
    return a_photo(cast.author)


@pytest.mark.parametrize("size", Size)
def test_who_may_see_the_story_gets_the_bytes(size: Size, cast: Cast, photo: Photo) -> None:
    in_a_story(photo, MEMBERS)
    answer = signed_in(cast.other_member).get(address_of(photo, size, viewer(cast.other_member)))
    with the_store().open(key_for(photo.ref, size)) as file:
        assert answer.content == file.read()


def test_it_follows_the_story_that_it_is_in(cast: Cast, photo: Photo) -> None:
    assert seen_by(cast.author, photo) == 404, "what nothing holds nobody gets, its owner neither"
    picture = in_a_story(photo, MEMBERS)
    people = {name: getattr(cast, name) for name in vars(cast)} | {"stranger": None}
    got = {name for name, who in people.items() if seen_by(who, photo) == 200}
    assert got == set(people) - {"stranger", "blocked"}
    withdraw(picture.story)
    got = {name for name, who in people.items() if seen_by(who, photo) == 200}
    assert got == {"author"}


def test_a_stranger_gets_what_everyone_may_see(cast: Cast, photo: Photo) -> None:
    in_a_story(photo, EVERYONE)
    assert seen_by(None, photo) == 200


def test_every_request_asks_anew(cast: Cast, photo: Photo) -> None:
    ring = Ring.objects.get(owner=cast.author)
    in_a_story(photo, ring.pk)
    address, browser = address_of(photo, Size.SMALL, viewer(cast.same_ring)), signed_in(cast.same_ring)
    assert browser.get(address).status_code == 200
    unchoose(cast.author, cast.same_ring)
    assert browser.get(address).status_code == 404
    choose(cast.author, cast.same_ring)
    Photo.objects.update(stage=Stage.LOCKED)
    assert browser.get(address).status_code == 404


def test_what_is_over_is_over_here_too(cast: Cast, photo: Photo) -> None:
    picture = in_a_story(photo, MEMBERS)
    type(picture.story).objects.written_by(cast.author).update(until=1)
    assert seen_by(cast.other_member, photo) == 404
    assert seen_by(cast.author, photo) == 200


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.REFUSED, Stage.LOCKED])
def test_nothing_but_a_prepared_photo_is_shown_not_even_to_its_owner(stage: Stage, cast: Cast, photo: Photo) -> None:
    in_a_story(photo, EVERYONE)
    Photo.objects.update(stage=stage)
    assert seen_by(cast.author, photo) == 404


def test_an_address_serves_only_her_for_whom_it_was_made(cast: Cast, photo: Photo) -> None:
    in_a_story(photo, EVERYONE)
    hers = address_of(photo, Size.SMALL, viewer(cast.other_member))
    assert signed_in(cast.other_member).get(hers).status_code == 200
    for who in (None, cast.same_ring, cast.author, cast.moderator, cast.host):
        assert browser(who).get(hers).status_code == 404
    a_strangers = address_of(photo, Size.SMALL, viewer(None))
    assert Client().get(a_strangers).status_code == 200
    assert signed_in(cast.other_member).get(a_strangers).status_code == 404


def test_an_address_is_the_same_for_a_quarter_of_an_hour_and_ends_after_two(
    cast: Cast, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_a_story(photo, EVERYONE)
    begun = QUARTER * 1_900_000

    def at(seconds: int) -> None:
        monkeypatch.setattr("leeward.photos.addresses.time.time", lambda: begun + seconds)

    at(0)
    first = address_of(photo, Size.SMALL, viewer(None))
    at(QUARTER - 1)
    assert address_of(photo, Size.SMALL, viewer(None)) == first
    at(QUARTER)
    assert address_of(photo, Size.SMALL, viewer(None)) != first
    for seconds, status in ((0, 200), (QUARTER, 200), (2 * QUARTER - 1, 200), (2 * QUARTER, 404), (-1, 404)):
        at(seconds)
        assert Client().get(first).status_code == status, seconds


def test_nothing_of_an_address_can_be_changed(cast: Cast, photo: Photo) -> None:
    other = a_photo(cast.author)
    in_a_story(photo, EVERYONE)
    in_a_story(other, EVERYONE)
    address = address_of(photo, Size.SMALL, viewer(None))
    start, ref, size, ticket = address.rsplit("/", 3)
    ends, signature = ticket.split("-")
    later = f"{int(ends, 16) + 1:x}"
    assert Client().get(address).status_code == 200
    for changed in (
        f"{start}/{other.ref}/{size}/{ticket}",
        f"{start}/{ref}/large/{ticket}",
        f"{start}/{ref}/original/{ticket}",
        f"{start}/{ref}/{size}/{later}-{signature}",
        f"{start}/{ref}/{size}/{ends}-{'0' * len(signature)}",
        f"{start}/{ref}/{size}/{ends}-",
        f"{start}/{ref}/{size}/{ends}",
        f"{start}/{ref}/{size}/-{ends}-{signature}",
        f"{start}/{ref}/{size}/x-{signature}",
        f"{start}/{ref}/{size}/{signature}",
    ):
        assert Client().get(changed).status_code == 404, changed


def test_no_other_way_leads_to_a_file(cast: Cast, photo: Photo) -> None:
    in_a_story(photo, EVERYONE)
    key = keys_for(photo.ref)[0]
    for path in (f"/media/{key}", f"/photos/{key}", f"/static/photos/kept/{key}", f"/static/../photos/kept/{key}"):
        assert Client().get(path).status_code == 404


def test_nobody_keeps_it_and_nothing_in_it_runs(cast: Cast, photo: Photo) -> None:
    in_a_story(photo, EVERYONE)
    answer = Client().get(address_of(photo, Size.SMALL, viewer(None)), headers={"accept-encoding": "gzip, br"})
    said = {name.lower(): value for name, value in answer.items()}
    assert said["content-type"] == "image/jpeg"
    assert said["content-length"] == str(len(answer.content))
    assert said["cache-control"] == "private, no-store"
    assert "sandbox" in said["content-security-policy"]
    assert said["content-disposition"] == 'inline; filename="photo.jpg"'
    assert said["x-content-type-options"] == "nosniff"
    assert said["cross-origin-resource-policy"] == "same-origin"
    assert said["referrer-policy"] == "no-referrer"
    assert "noindex" in said["x-robots-tag"]
    assert not {"content-encoding", "etag", "last-modified", "expires", "set-cookie"} & said.keys()


def test_it_is_sent_whole_since_nobody_can_have_kept_it(cast: Cast, photo: Photo) -> None:
    in_a_story(photo, EVERYONE)
    address = address_of(photo, Size.SMALL, viewer(None))
    tomorrow = (timezone.now() + datetime.timedelta(days=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    for headers in ({"if-none-match": "*"}, {"if-modified-since": tomorrow}, {"range": "bytes=0-10"}):
        answer = Client().get(address, headers=headers)
        assert answer.status_code == 200
        assert len(answer.content) > 1000


def test_to_look_without_the_body_asks_the_same(cast: Cast, photo: Photo) -> None:
    in_a_story(photo, MEMBERS)
    browser = signed_in(cast.other_member)
    answer = browser.head(address_of(photo, Size.SMALL, viewer(cast.other_member)))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert Client().head(address_of(photo, Size.SMALL, viewer(None))).status_code == 404
    assert browser.post(address_of(photo, Size.SMALL, viewer(cast.other_member))).status_code == 405


def test_a_moderator_sees_what_she_opened_at_an_address_for_her_work(cast: Cast, photo: Photo) -> None:
    picture = in_a_story(photo, Ring.objects.get(owner=cast.author).pk)
    at_work = address_of(photo, Size.SMALL, Viewer.moderator(cast.moderator))
    assert signed_in(cast.moderator).get(at_work).status_code == 404, "she has opened nothing"
    for thing in (picture.story, picture):
        Opening.objects.create(
            moderator=cast.moderator, kind=thing._meta.label_lower, thing_id=thing.pk, reason="a report"
        )
    assert signed_in(cast.moderator).get(at_work).status_code == 200
    assert seen_by(cast.moderator, photo) == 404, "as a reader she does not see it"
    assert signed_in(cast.host).get(at_work).status_code == 404


def test_a_held_photo_is_seen_by_its_author_alone(cast: Cast, photo: Photo) -> None:
    picture = in_a_story(photo, EVERYONE)
    Picture.objects.written_by(cast.author).filter(pk=picture.pk).update(state=State.HELD)
    assert (seen_by(cast.author, photo), seen_by(cast.other_member, photo), seen_by(None, photo)) == (200, 404, 404)


def test_all_widths_stand_in_one_set_and_like_ones_once(cast: Cast, photo: Photo) -> None:
    said = srcset_of(photo, viewer(cast.author))
    assert [part.rsplit(" ", 1)[1] for part in said.split(", ")] == ["480w", "640w"]
    assert address_of(photo, Size.SMALL, viewer(cast.author)) in said
    assert address_of(photo, Size.MIDDLE, viewer(cast.author)) in said


def test_a_photo_whose_file_is_gone_is_not_there(cast: Cast, photo: Photo) -> None:
    in_a_story(photo, EVERYONE)
    the_store().delete(keys_for(photo.ref))
    assert seen_by(cast.author, photo) == 404
