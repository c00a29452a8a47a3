"""Photos in a story: when others see them, what happens twice, and how they go."""

from __future__ import annotations

from typing import Any

import pytest

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.notes import NOTE
from leeward.audience.rule import is_visible_to
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.kit.moments import DAY, now_us
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.members.models import Member
from leeward.moderation.actions import settle, settle_waiting
from leeward.moderation.models import Case, FirstTexts, Screening
from leeward.photos.inbox import original_of
from leeward.photos.models import Photo, Stage
from leeward.photos.stores.choosing import the_store
from leeward.photos.stores.store import keys_for
from leeward.photos.vault import lock
from leeward.stories.actions.chapters import take_chapter_back
from leeward.stories.actions.pictures import (
    MOST,
    PictureChangedElsewhere,
    Said,
    TooManyPictures,
    add_picture,
    let_stand,
    put_in_order,
    say_of_picture,
    take_picture_away,
)
from leeward.stories.actions.sharing import share, take_back
from leeward.stories.actions.writing import begin, begin_chapter
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import Picture, Story
from leeward.stories.pictures import own_pictures, pictures_of
from tests.at_once import at_once
from tests.conftest import Cast
from tests.stories.photographs import a_file, added, make_ready, standing
from tests.stories.telling import told, went_on


@pytest.fixture(autouse=True)
def _known(settings: Any) -> None:
    """People here are known, but where a test says otherwise."""
    settings.FIRST_TEXTS_READ = settings.FIRST_PHOTOS_READ = 0


def sees(member: Member | None, picture: Picture) -> bool:
    return is_visible_to(picture, Viewer.member(member) if member else Viewer.stranger())


def settled(picture: Picture) -> Picture:
    settle(picture)
    picture.refresh_from_db()
    return picture


def files_of(photo: Photo) -> list[bool]:
    there = [original_of(photo.ref).exists()]
    for key in keys_for(photo.ref):
        try:
            the_store().open(key).close()
            there.append(True)
        except FileNotFoundError:
            there.append(False)
    return there


def test_a_photo_is_its_authors_alone_until_it_is_prepared_placed_and_read(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    picture = added(story, ready=False)
    let_stand([picture], by=cast.author)
    assert not sees(cast.other_member, picture)
    assert not Screening.objects.filter(kind="stories.picture").exists()
    make_ready(picture.photo)
    picture.refresh_from_db()
    assert picture.state == State.HELD
    assert settled(picture).state == State.LIVE
    assert sees(cast.other_member, picture)
    assert not sees(cast.blocked, picture)


def test_what_she_has_not_let_stand_goes_nowhere_by_itself(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    picture = added(story)
    settle_waiting()
    picture.refresh_from_db()
    assert picture.state == State.DRAFT
    assert not sees(cast.other_member, picture)


def test_photos_of_a_draft_go_out_with_it(cast: Cast) -> None:
    story = begin(by=cast.author, title="", text="It was in spring.")
    picture = standing(story)
    assert picture.state == State.DRAFT
    share(story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS))
    picture.refresh_from_db()
    assert settled(picture).state == State.LIVE
    assert sees(cast.other_member, picture)
    share(story, by=cast.author, sharing=Sharing(ShowTo.ONLY_ME))
    assert not sees(cast.other_member, picture)


def test_what_waits_when_its_story_is_for_nobody_waits_no_more(cast: Cast, settings: Any) -> None:
    settings.FIRST_PHOTOS_READ = 1
    story = told(cast.author, MEMBERS)
    picture = settled(standing(story))
    assert Case.objects.get(kind="stories.picture").because == "first_text"
    share(story, by=cast.author, sharing=Sharing(ShowTo.ONLY_ME))
    assert not Case.objects.filter(kind="stories.picture").exists()
    picture.refresh_from_db()
    assert picture.state == State.DRAFT
    share(story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS))
    picture.refresh_from_db()
    assert picture.state == State.HELD


def test_a_photo_is_signed_as_its_story_is(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    picture = settled(standing(story))
    share(story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS, signed=False))
    picture.refresh_from_db()
    assert not picture.signed


def test_the_same_file_sent_twice_is_one_photo(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    first, again = added(story), added(story, ready=False)
    other = added(story, "teal", ready=False)
    assert first == again
    assert first != other
    assert Photo.objects.count() == 2
    chapter = went_on(story, MEMBERS)
    assert added(chapter, ready=False) != first


def test_a_story_holds_so_many(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    for nth in range(MOST):
        photo = Photo.objects.create(owner=cast.author)
        Picture.objects.create(story=story, author=cast.author, photo=photo, mark=str(nth))
    before = Photo.objects.count()
    with pytest.raises(TooManyPictures):
        add_picture(story, by=cast.author, sent=a_file())
    assert Photo.objects.count() == before


def test_nobody_adds_a_photo_to_what_is_not_hers_or_was_taken_back(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    with pytest.raises(PermissionError):
        add_picture(story, by=cast.other_member, sent=a_file())
    Story.objects.written_by(cast.author).update(taken_back_at=1)
    story.refresh_from_db(from_queryset=Story.objects.written_by(cast.author))
    with pytest.raises(PermissionError):
        add_picture(story, by=cast.author, sent=a_file())
    assert not Photo.objects.exists()


def test_two_tabs_do_not_overwrite_each_other_in_silence(cast: Cast) -> None:
    picture = added(told(cast.author, MEMBERS))
    stamp = picture.touched_at
    say_of_picture(picture, by=cast.author, said=Said("a hat"), stamp=stamp)
    with pytest.raises(PictureChangedElsewhere):
        say_of_picture(picture, by=cast.author, said=Said("a tree"), stamp=stamp)
    picture.refresh_from_db()
    assert picture.alt == "a hat"
    say_of_picture(picture, by=cast.author, said=Said("a hat"), stamp=stamp)  # the same again is no quarrel


def test_new_words_of_what_is_shown_are_read_first(cast: Cast) -> None:
    picture = settled(standing(told(cast.author, MEMBERS)))
    say_of_picture(
        picture,
        by=cast.author,
        said=Said("Write to me at sell@example.com, I sell a cure for 20 dollars, buy now"),
        stamp=picture.touched_at,
    )
    assert picture.state == State.HELD
    assert settled(picture).state == State.HELD  # for a person now
    assert not sees(cast.other_member, picture)


def test_ticking_what_is_inside_needs_no_reading_and_holds_at_once(cast: Cast) -> None:
    picture = settled(standing(told(cast.author, MEMBERS)))
    say_of_picture(picture, by=cast.author, said=Said(notes=NOTE["ultrasound"].bit), stamp=picture.touched_at)
    assert picture.state == State.LIVE
    story = picture.story
    spared = Viewer.member(cast.other_member, shield=NOTE["ultrasound"].bit)
    assert pictures_of(story, Viewer.member(cast.other_member)) != {}
    assert pictures_of(story, spared) == {}


def test_photos_stand_in_the_order_that_she_chose(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    first, second, third = (added(story, colour) for colour in ("olive", "teal", "navy"))
    put_in_order(story, by=cast.author, refs=[third.ref, first.ref])
    assert own_pictures(story, cast.author) == [third, first, second]
    with pytest.raises(PermissionError):
        put_in_order(story, by=cast.other_member, refs=[])


def test_one_photo_is_taken_away_with_its_files_and_what_waits(
    cast: Cast, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.FIRST_PHOTOS_READ = 1
    picture = settled(standing(told(cast.author, MEMBERS)))
    photo = picture.photo
    with pytest.raises(PermissionError):
        take_picture_away(picture, by=cast.other_member)
    assert any(files_of(photo))
    with django_capture_on_commit_callbacks(execute=True):
        take_picture_away(picture, by=cast.author)
    assert not Photo.objects.exists()
    assert not any(files_of(photo))
    assert not Case.objects.exists()


@pytest.mark.parametrize("keep_answers", [True, False])
def test_taking_a_story_back_takes_all_its_photos(
    cast: Cast, keep_answers: bool, django_capture_on_commit_callbacks: Any
) -> None:
    story = told(cast.author, EVERYONE)
    photos = [standing(story).photo, standing(went_on(story, EVERYONE), "teal").photo]
    assert all(any(files_of(photo)) for photo in photos)
    with django_capture_on_commit_callbacks(execute=True):
        take_back(story, by=cast.author, keep_answers=keep_answers)
    assert not Photo.objects.exists()
    assert not any(there for photo in photos for there in files_of(photo))
    assert not Picture.objects.written_by(cast.author).exists()


def test_taking_a_chapter_back_takes_its_photos_alone(cast: Cast) -> None:
    story = told(cast.author, EVERYONE)
    stays, goes = standing(story), standing(went_on(story, EVERYONE), "teal")
    assert goes.chapter is not None
    take_chapter_back(goes.chapter, by=cast.author)
    assert list(Picture.objects.written_by(cast.author)) == [stays]
    assert list(Photo.objects.all()) == [stays.photo]


@pytest.mark.parametrize("farewell", Farewell)
def test_photos_leave_with_their_author_also_where_her_words_stay(cast: Cast, farewell: Farewell) -> None:
    story = told(cast.author, MEMBERS, text="left behind")
    settled(standing(story))
    leave(cast.author, farewell)
    assert not Photo.objects.exists()
    left = Story.objects.visible_to(Viewer.member(cast.other_member)).filter(pk=story.pk)
    assert left.exists() is (farewell is Farewell.LEAVE_WORDS)


def test_what_is_locked_is_kept_when_she_leaves_or_takes_her_story_back(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    picture = settled(standing(story))
    lock(picture.photo, keep_until=now_us() + DAY)
    picture.refresh_from_db()
    with pytest.raises(PermissionError):
        take_picture_away(picture, by=cast.author)
    take_back(story, by=cast.author, keep_answers=False)
    assert Photo.objects.get().stage == Stage.LOCKED
    leave(cast.author, Farewell.TAKE_ALL)
    kept = Photo.objects.get()
    assert (kept.stage, kept.owner) == (Stage.LOCKED, None)
    assert "Maud" in kept.lock.owner_then


def test_her_first_photos_are_seen_by_a_person_however_many_texts_she_has_told(cast: Cast, settings: Any) -> None:
    settings.FIRST_PHOTOS_READ = 2
    FirstTexts.objects.create(member=cast.author, released=100)
    story = told(cast.author, MEMBERS)
    assert settled(standing(story)).state == State.HELD
    FirstTexts.objects.update(photos_released=2)
    assert settled(standing(story, "teal")).state == State.LIVE
    host_story = told(cast.host, MEMBERS)
    assert settled(standing(host_story, "navy")).state == State.LIVE


def test_a_chapter_begun_without_words_can_hold_a_photo(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    chapter = begin_chapter(story, by=cast.author, title="", text="")
    picture = standing(chapter)
    assert picture.part == chapter
    assert sees(cast.author, picture)
    assert not sees(cast.other_member, picture)


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_at_the_same_moment_is_one_photo(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    at_once([lambda: add_picture(story, by=cast.author, sent=a_file()) for _ in range(4)])
    picture = Picture.objects.written_by(cast.author).get()
    assert list(Photo.objects.all()) == [picture.photo]
    assert [path.name for path in original_of("any").parent.iterdir() if path.name == picture.photo.ref]
