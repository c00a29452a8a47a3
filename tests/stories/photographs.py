"""Photos for tests: made here, by code, of nothing that is real; prepared without waiting for the darkroom."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from leeward.photos import inbox
from leeward.photos.holders import say_ready
from leeward.photos.models import Photo, Stage
from leeward.photos.sizes import Size
from leeward.photos.stores.choosing import the_store
from leeward.photos.stores.store import key_for
from leeward.stories.actions.pictures import Said, add_picture, let_stand, say_of_picture
from leeward.stories.models import Chapter, Picture, Story

WIDTH, HEIGHT = 640, 480


def a_file(colour: str = "olive") -> SimpleUploadedFile:
    """What a browser sends: a picture of one colour."""
    return SimpleUploadedFile("holiday.jpg", content_of(colour), content_type="image/jpeg")


def content_of(colour: str) -> bytes:
    """The bytes of such a picture."""
    made = io.BytesIO()
    Image.new("RGB", (WIDTH, HEIGHT), colour).save(made, "JPEG")
    return made.getvalue()


def make_ready(photo: Photo, colour: str = "olive") -> None:
    """Prepare a photo, as the darkroom does."""
    for size in Size:
        the_store().put(key_for(photo.ref, size), content_of(colour))
    inbox.drop(photo.ref)
    with transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(stage=Stage.READY, width=WIDTH, height=HEIGHT, bytes=3_000)
        photo.refresh_from_db()
        say_ready(photo)


def added(part: Story | Chapter, colour: str = "olive", *, ready: bool = True) -> Picture:
    """A photo that its author has added, and that only she sees."""
    author = part.author
    assert author is not None
    picture = add_picture(part, by=author, sent=a_file(colour))
    if ready:
        make_ready(picture.photo, colour)
    return picture


def standing(
    part: Story | Chapter, colour: str = "olive", *, alt: str = "", cover: str = "", notes: int = 0, ready: bool = True
) -> Picture:
    """A photo that its author has let stand in her story. Whether others see it is for moderation to say."""
    picture = added(part, colour, ready=ready)
    author = part.author
    assert author is not None
    said = Said(alt, cover, notes)
    picture = say_of_picture(picture, by=author, said=said, stamp=picture.touched_at)
    let_stand([picture], by=author)
    picture.refresh_from_db()
    return picture
