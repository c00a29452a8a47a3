"""Photos in a book: in the file itself, covered as here or open, on paper too."""

from __future__ import annotations

import base64
import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from leeward.audience.models import MEMBERS
from leeward.photos.models import Photo
from leeward.stories.book.photos import LARGE_UP_TO
from leeward.stories.models import Story
from tests.conftest import Cast, signed_in
from tests.stories.photographs import added, standing
from tests.stories.telling import told, went_on

COVER = "a photo of a baby who died, with love"


@pytest.fixture(autouse=True)
def _known(settings: Any) -> None:
    settings.FIRST_TEXTS_READ = settings.FIRST_PHOTOS_READ = 0


def a_story(cast: Cast) -> Story:
    story = told(cast.author, MEMBERS, title="The harbour", text="It was in spring.")
    standing(story, alt="a knitted hat")
    standing(went_on(story, text="A year later."), "teal", alt="asleep", cover=COVER)
    return story


def book(cast: Cast, story: Story, form: str = "page", **given: str) -> bytes:
    answer = signed_in(cast.author).post(f"/stories/{story.ref}/book/", {"name": "no", "as": form, **given})
    assert answer.status_code == 200
    return bytes(answer.content)


def photos_in(page: bytes) -> list[bytes]:
    return [base64.b64decode(found) for found in re.findall(rb'src="data:image/jpeg;base64,([^"]+)"', page)]


def test_the_page_holds_its_photos_and_closes_the_covered_ones(cast: Cast) -> None:
    page = book(cast, a_story(cast))
    assert [photo[:3] for photo in photos_in(page)] == [b"\xff\xd8\xff"] * 2
    assert f"<details><summary>{COVER}</summary><img".encode() in page
    assert b'alt="a knitted hat"' in page
    assert b"img-src data:" in page
    assert b"://" not in re.sub(rb"base64,[^\"]+", b"", page)


def test_she_chooses_them_open_or_none(cast: Cast) -> None:
    story = a_story(cast)
    opened = book(cast, story, photos="open")
    assert len(photos_in(opened)) == 2
    assert b"<details>" not in opened
    assert photos_in(book(cast, story, photos="none")) == []


def test_the_pdf_holds_them_too_a_covered_one_on_the_page_after_its_cover(cast: Cast) -> None:
    pages = PdfReader(io.BytesIO(book(cast, a_story(cast), "pdf"))).pages
    with_photos = [nth for nth, page in enumerate(pages) if page.images]
    assert len(with_photos) == 2
    covers = [nth for nth, page in enumerate(pages) if COVER in " ".join(page.extract_text().split())]
    assert covers == [with_photos[1] - 1]


def test_a_book_of_many_large_photos_takes_the_middle_size(cast: Cast) -> None:
    story = a_story(cast)
    Photo.objects.update(width=1920, height=1280, bytes=LARGE_UP_TO)
    assert b'width="960" height="640"' in book(cast, story)
    Photo.objects.update(bytes=1000)
    assert b'width="1920" height="1280"' in book(cast, story)


def test_a_photo_alone_makes_a_book_and_none_without_photos_asks_for_none(cast: Cast) -> None:
    alone = told(cast.author, MEMBERS, text="")
    added(alone)
    assert len(photos_in(book(cast, alone))) == 1
    bare = told(cast.author, MEMBERS)
    assert b'name="photos"' not in signed_in(cast.author).get(f"/stories/{bare.ref}/book/").content


def test_only_photos_of_her_own_story_that_are_prepared_are_in_it(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    added(story, ready=False)
    standing(told(cast.author, MEMBERS), "navy")
    assert photos_in(book(cast, story)) == []
