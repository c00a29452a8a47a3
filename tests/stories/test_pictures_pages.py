"""The pages on which photos are added and looked after, and how they stand in a story."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leeward.audience.actions import set_shield
from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.notes import NOTE
from leeward.audience.shared import State
from leeward.kit.moments import DAY, now_us
from leeward.moderation.actions import Ruling, decide, open_case, report, settle
from leeward.moderation.models import Act, Case
from leeward.photos.models import Photo, Stage
from leeward.photos.vault import lock
from leeward.stories.covers import COVER
from leeward.stories.models import Chapter, Picture, Story
from tests.conftest import Cast, signed_in
from tests.stories.photographs import a_file, added, make_ready, standing
from tests.stories.telling import told, went_on


@pytest.fixture(autouse=True)
def _known(settings: Any) -> None:
    settings.FIRST_TEXTS_READ = settings.FIRST_PHOTOS_READ = 0


def page(client: Client, path: str, **asked: str) -> str:
    return client.get(path, asked).content.decode()


def shown(picture: Picture) -> Picture:
    settle(picture)
    picture.refresh_from_db()
    assert picture.is_live
    return picture


def test_she_tells_with_photos_in_one_form_and_the_words_come_first(cast: Cast) -> None:
    client = signed_in(cast.author)
    files = [a_file(), SimpleUploadedFile("letter.jpg", b"%PDF-1.7 not a photo", content_type="image/jpeg")]
    sent = client.post("/stories/tell/", {"title": "", "text": "It was in spring.", "photos": files}, follow=True)
    story = Story.objects.written_by(cast.author).get()
    assert story.text == "It was in spring."
    assert sent.redirect_chain[-1][0] == f"/stories/{story.ref}/photos/"
    said = sent.content.decode()
    assert "Photo 2 was not taken in." in said
    assert "This file is something else." in said
    assert "This photo is being prepared." in said
    assert "holiday" not in said  # its name on her disk is nobody's business
    assert Picture.objects.written_by(cast.author).get().state == State.DRAFT


def test_a_photo_alone_is_enough_to_begin_with(cast: Cast) -> None:
    client = signed_in(cast.author)
    client.post("/stories/tell/", {"title": "", "text": "", "photos": [a_file()]})
    assert Picture.objects.written_by(cast.author).get().story.text == ""


def test_photos_of_a_chapter_are_looked_after_on_a_page_of_its_own(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    client = signed_in(cast.author)
    sent = client.post(f"/stories/{story.ref}/go-on/", {"title": "", "text": "A year later.", "photos": [a_file()]})
    chapter = Chapter.objects.written_by(cast.author).get()
    assert sent["Location"] == f"/chapters/{chapter.ref}/photos/"
    assert Picture.objects.written_by(cast.author).get().chapter == chapter


def test_she_says_what_it_shows_covers_it_and_keeps_it(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    picture = added(story)
    client, path = signed_in(cast.author), f"/stories/{story.ref}/photos/"
    assert "This photo is ready. Only you see it until you press Keep." in page(client, path)
    sent = {
        f"{picture.ref}-{name}": value
        for name, value in {"alt": "two hands", "cover": "baby", "stamp": picture.touched_at}.items()
    }
    assert client.post(path, {**sent, "do": "keep"})["Location"] == story.get_absolute_url()
    picture.refresh_from_db()
    assert (picture.alt, picture.cover) == ("two hands", str(COVER["baby"].words))
    assert picture.notes & NOTE["baby_who_died_picture"].bit
    assert picture.is_live
    assert "Whoever may see the words above it sees it." in page(client, path)


def test_a_cover_in_her_own_words_needs_words_and_nothing_is_lost(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    picture = added(story)
    sent = {
        f"{picture.ref}-{name}": value
        for name, value in {"alt": "two hands", "cover": "own", "stamp": picture.touched_at}.items()
    }
    again = signed_in(cast.author).post(
        f"/stories/{story.ref}/photos/", {**sent, "do": "keep", "photos": [a_file("teal")]}
    )
    assert again.status_code == 422
    assert "two hands" in again.content.decode()
    assert "Say what the cover should say" in again.content.decode()
    assert Picture.objects.written_by(cast.author).count() == 2  # the photo of the same form is kept


def test_what_another_tab_has_changed_is_said_and_then_kept(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    picture = added(story)
    client, path = signed_in(cast.author), f"/stories/{story.ref}/photos/"
    stamp = picture.touched_at

    def keep(alt: str, stamp: int) -> Any:
        return client.post(
            path, {f"{picture.ref}-alt": alt, f"{picture.ref}-stamp": stamp, f"{picture.ref}-cover": "open"}
        )

    assert keep("a hat", stamp).status_code == 302
    late = keep("a tree", stamp)
    assert late.status_code == 422
    assert "changed in another tab, to “a hat”" in late.content.decode()
    assert "a tree" in late.content.decode()
    picture.refresh_from_db()
    assert keep("a tree", picture.touched_at).status_code == 302
    picture.refresh_from_db()
    assert picture.alt == "a tree"


def test_photos_change_places_and_go_after_one_question(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    first, second = added(story), added(story, "teal")
    client, path = signed_in(cast.author), f"/stories/{story.ref}/photos/"
    client.post(path, {"do": f"up:{second.ref}"})
    assert list(Picture.objects.written_by(cast.author).order_by("place")) == [second, first]
    away = client.post(path, {"do": f"away:{first.ref}"})["Location"]
    assert "This cannot be undone." in page(client, away)
    assert client.post(away)["Location"] == path
    assert list(Picture.objects.written_by(cast.author)) == [second]
    assert client.post(path, {"do": "away:somebodyelses"}, follow=True).status_code == 404


def test_why_a_photo_could_not_be_used_is_said_in_its_place(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    picture = added(story, ready=False)
    Photo.objects.update(stage=Stage.REFUSED, refused_because="broken")
    said = page(signed_in(cast.author), f"/stories/{story.ref}/photos/")
    assert "This photo could not be used. The file could not be read to its end." in said
    assert f"{picture.ref}-alt" not in said
    assert "could not be used" in page(signed_in(cast.author), story.get_absolute_url())
    assert "could not be used" not in page(signed_in(cast.other_member), story.get_absolute_url())


def test_a_photo_stands_under_the_words_with_its_measures_and_what_it_shows(cast: Cast) -> None:
    story = told(cast.author, EVERYONE)
    chapter = went_on(story, MEMBERS)
    shown(standing(story, alt="a knitted hat"))
    shown(standing(chapter, "teal", alt="two bags in a hall"))
    for_stranger = page(Client(), story.get_absolute_url())
    assert 'alt="a knitted hat"' in for_stranger
    assert 'width="640" height="480"' in for_stranger
    assert for_stranger.count("<img") == 1
    assert "two bags" not in for_stranger
    assert 'alt="two bags in a hall"' in page(signed_in(cast.other_member), story.get_absolute_url())
    assert "knitted" not in page(Client(), "/stories/")


def test_a_covered_photo_is_not_in_the_page_until_it_is_asked_for(cast: Cast) -> None:
    story = told(cast.author, EVERYONE)
    picture = shown(standing(story, alt="our son, asleep", cover="a photo of a baby who died, with love"))
    closed = page(Client(), story.get_absolute_url())
    assert "a photo of a baby who died, with love" in closed
    assert "<img" not in closed
    assert f'href="{story.get_absolute_url()}?picture={picture.ref}#{picture.ref}"' in closed
    assert 'alt="our son, asleep"' in page(Client(), story.get_absolute_url(), picture=picture.ref)


def test_no_photo_of_a_story_is_shown_while_its_notes_keep_it_closed(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, notes=NOTE["termination"].bit)
    shown(standing(story, alt="a tree"))
    client = signed_in(cast.other_member)
    assert "a tree" in page(client, story.get_absolute_url())
    set_shield(cast.other_member, NOTE["termination"].bit)
    assert "a tree" not in page(client, story.get_absolute_url())
    assert "a tree" in page(client, story.get_absolute_url(), open="")


def test_a_locked_photo_shows_its_author_nothing_but_that_somebody_looks(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    picture = shown(standing(story, alt="a knitted hat"))
    lock(picture.photo, keep_until=now_us() + DAY)
    said = page(signed_in(cast.author), f"/stories/{story.ref}/photos/")
    assert "This photo is not shown now." in said
    assert "Take it away" not in said
    assert "<img" not in page(signed_in(cast.author), story.get_absolute_url())
    assert "not shown" not in page(signed_in(cast.other_member), story.get_absolute_url())


def test_of_a_photo_that_was_removed_no_words_are_asked_and_those_of_others_are_kept(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    removed, stays = shown(standing(story, alt="a knitted hat")), added(story, "teal")
    report(removed, by=cast.other_member, reason="cruel")
    case = Case.objects.get()
    open_case(case, moderator=cast.moderator)
    decide(case, moderator=cast.moderator, ruling=Ruling(Act.REMOVE, "kind", "A joke."), seen=removed.touched_at)
    client, path = signed_in(cast.author), f"/stories/{story.ref}/photos/"
    said = page(client, path)
    assert "A moderator took it out of sight." in said
    assert f"{removed.ref}-alt" not in said
    kept = client.post(path, {f"{stays.ref}-alt": "two hands", f"{stays.ref}-stamp": stays.touched_at, "do": "keep"})
    assert kept.status_code == 302
    stays.refresh_from_db()
    assert stays.alt == "two hands"


def test_what_becomes_ready_shows_on_the_next_look(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    picture = added(story, ready=False)
    client, path = signed_in(cast.author), f"/stories/{story.ref}/photos/"
    assert "data-preparing" in page(client, path)
    make_ready(picture.photo)
    assert "data-preparing" not in page(client, path)
    assert "<img" in page(client, path)


def test_only_its_author_looks_after_photos(cast: Cast) -> None:
    story = told(cast.author, EVERYONE)
    chapter, picture = went_on(story, EVERYONE), added(story)
    for member in (cast.other_member, cast.moderator, cast.host):
        client = signed_in(member)
        for path in (
            f"/stories/{story.ref}/photos/",
            f"/chapters/{chapter.ref}/photos/",
            f"/story-photos/{picture.ref}/take-away/",
        ):
            assert client.get(path).status_code == 404
            assert client.post(path, {"photos": [a_file("navy")]}).status_code == 404
    assert Photo.objects.count() == 1


def test_a_photo_goes_though_its_cover_still_misses_words(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    picture = added(story)
    sent = {f"{picture.ref}-cover": "own", f"{picture.ref}-stamp": picture.touched_at, "do": f"away:{picture.ref}"}
    away = signed_in(cast.author).post(f"/stories/{story.ref}/photos/", sent)
    assert away["Location"] == f"/story-photos/{picture.ref}/take-away/"
