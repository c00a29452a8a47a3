"""What she says of her photos is kept while she writes it, put back beside the right one, and gone with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from leeward.audience.models import MEMBERS
from leeward.members.models import Unsent
from leeward.stories.actions.chapters import take_chapter_back
from leeward.stories.actions.pictures import take_picture_away
from leeward.stories.actions.sharing import take_back
from leeward.stories.models import Picture
from tests.conftest import Cast, signed_in
from tests.members.people import hidden, text_of
from tests.stories.photographs import standing
from tests.stories.telling import told, went_on

WORDS = "His hat, which his grandmother had knitted before we knew."


@pytest.fixture(autouse=True)
def _known(settings: Any) -> None:
    settings.FIRST_TEXTS_READ = settings.FIRST_PHOTOS_READ = 0


@pytest.fixture
def two(cast: Cast) -> tuple[Picture, Picture]:
    """Two photos in one story."""
    story = told(cast.author, MEMBERS)
    return standing(story, alt="as kept"), standing(story, "navy", alt="the other")


def keep(client: Client, picture: Picture, field: str = "alt", **more: str) -> Any:
    sent = {f"{picture.ref}-{field}": WORDS, f"{picture.ref}-stamp": str(picture.touched_at), **more}
    to = f"/{'chapters' if picture.chapter else 'stories'}/{picture.part.ref}/photos/"
    return client.post("/me/unsent/keep/", {"to": to, "page": to, "unsent": 0, **sent})


def box(drawn: str, picture: Picture) -> str:
    """What stands in the box for what a photo shows."""
    return drawn.partition(f'<textarea name="{picture.ref}-alt"')[2].partition(">\n")[2].partition("</textarea>")[0]


def test_what_a_photo_shows_is_put_back_beside_it_and_gone_once_it_is_kept(
    cast: Cast, two: tuple[Picture, Picture]
) -> None:
    client, (first, second) = signed_in(cast.author), two
    page = f"/stories/{first.story.ref}/photos/"
    assert 'data-keep-url="/me/unsent/keep/"' in text_of(client.get(page))
    assert keep(client, first).status_code == 200
    drawn = text_of(client.get(page))
    assert (box(drawn, first), box(drawn, second)) == (WORDS, "the other")
    assert WORDS in text_of(client.get("/me/unsent/"))
    assert WORDS not in text_of(signed_in(cast.other_member).get("/me/unsent/"))
    stamps = {name: hidden(client.get(page), name) for name in (f"{first.ref}-stamp", f"{second.ref}-stamp", "unsent")}
    said = {f"{first.ref}-alt": WORDS, f"{second.ref}-alt": "the other", "do": "keep", **stamps}
    assert client.post(page, said).status_code == 302
    first.refresh_from_db()
    assert (first.alt, Unsent.objects.count()) == (WORDS, 0)


def test_the_words_of_a_cover_that_need_another_look_are_kept(cast: Cast, two: tuple[Picture, Picture]) -> None:
    client, (first, _second) = signed_in(cast.author), two
    page = f"/stories/{first.story.ref}/photos/"
    sent = {f"{first.ref}-stamp": first.touched_at, f"{first.ref}-alt": WORDS, f"{first.ref}-cover": "own"}
    assert client.post(page, {**sent, "do": "keep"}).status_code == 422
    assert Unsent.objects.get(member=cast.author).fields[f"{first.ref}-alt"] == [WORDS]
    assert f"{first.ref}-stamp" not in Unsent.objects.get().fields
    Unsent.objects.all().delete()
    keep(client, first, "own", **{f"{first.ref}-cover": "own"})
    assert f'value="{WORDS}"' in text_of(client.get(page))


def test_ticks_alone_are_not_words(cast: Cast, two: tuple[Picture, Picture]) -> None:
    answer = keep(signed_in(cast.author), two[0], "notes")
    assert (answer.json(), Unsent.objects.count()) == ({"unsent": 0}, 0)


def test_words_about_a_photo_go_with_it(cast: Cast, two: tuple[Picture, Picture]) -> None:
    client, (first, second) = signed_in(cast.author), two
    keep(client, first)
    take_picture_away(first, by=cast.author)
    assert Unsent.objects.count() == 0
    keep(client, second)
    part = went_on(second.story, MEMBERS)
    keep(client, standing(part, alt="of the part"))
    assert Unsent.objects.count() == 2
    take_chapter_back(part, by=cast.author)
    assert Unsent.objects.count() == 1
    take_back(second.story, by=cast.author, keep_answers=False)
    assert Unsent.objects.count() == 0
