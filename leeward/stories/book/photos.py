"""The photos of a book: their bytes, as the page and the press take them. For the story's author alone."""

from __future__ import annotations

import base64
import contextlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leeward.photos.models import Photo, Stage
from leeward.photos.reading import TYPE, measures, open_size
from leeward.photos.sizes import Size
from leeward.stories.models import Picture, Story

LARGE_UP_TO = 12_000_000
"""Up to so many bytes in all sizes, photos are in the book as large as they are; above that in the middle size."""


class Photos(models.TextChoices):
    """Which photos a book has, and how."""

    COVERED = "covered", _("With their covers: behind what the cover says on the page, on a page of its own in the PDF")
    OPEN = "open", _("All of them open")
    NONE = "none", _("Without photos")


@dataclass(frozen=True)
class BookPhoto:
    """One photo of a book.

    Args:
        ref: its name in the book.
        content: the file.
        width: pixels.
        height: pixels.
        alt: what it shows, as its author says; else its cover.
        cover: what stands on its cover; "" if it stands open.
    """

    ref: str
    content: bytes
    width: int
    height: int
    alt: str
    cover: str

    @property
    def as_address(self) -> str:
        """The photo itself, as an address that needs nothing else."""
        return f"data:{TYPE};base64,{base64.b64encode(self.content).decode()}"

    @property
    def as_drawing(self) -> str:
        """The photo in a drawing of its own size: so the press takes it as text, without a file."""
        box = f'width="{self.width}" height="{self.height}"'
        image = f'<image {box} href="{self.as_address}"/>'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {box} viewBox="0 0 {self.width} {self.height}">{image}</svg>'


def pictures_offered(story: Story) -> QuerySet[Picture]:
    """The photos that may go into the book of a story: all that are prepared, whoever sees them."""
    author = story.author
    assert author is not None
    hers = Picture.objects.written_by(author).filter(story=story, photo__stage=Stage.READY)
    offered: QuerySet[Picture] = hers.select_related("photo").order_by("place", "pk")
    return offered


def photos_of(pictures: Iterable[Picture], how: Photos) -> dict[int, list[BookPhoto]]:
    """The photos of a book by the key of their chapter; 0: of the beginning.

    Raises:
        StoreUnreachable: the store does not answer; later it may.
    """
    found: dict[int, list[BookPhoto]] = defaultdict(list)
    chosen = [] if how == Photos.NONE else list(pictures)
    size = Size.LARGE if sum(picture.photo.bytes for picture in chosen) <= LARGE_UP_TO else Size.MIDDLE
    for picture in chosen:
        with contextlib.suppress(FileNotFoundError):  # taken away in this moment
            cover = picture.cover if how == Photos.COVERED else ""
            found[picture.chapter_id or 0].append(_photo(picture, picture.photo, size, cover))
    return found


def _photo(picture: Picture, photo: Photo, size: Size, cover: str) -> BookPhoto:
    width, height = measures(photo, size)
    with open_size(photo, size) as file:
        content = file.read()
    return BookPhoto(picture.ref, content, width, height, picture.alt or picture.cover, cover)
