"""Photos of the village: drawn by code, of things that are invented. None shows anybody, and none was ever taken.

README.md says which stands where.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from leeward.audience.notes import mask_of
from leeward.audience.shared import State
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.photos.darkroom.working import prepare_next
from leeward.stories.actions.pictures import Said, add_picture, say_of_picture
from leeward.stories.covers import COVER
from leeward.stories.models import Chapter, Picture, Story
from leeward.village.pictures.drawing import bundle, harbour, hat, one_bag, two_bags, walnut_box


@dataclass(frozen=True)
class Drawn:
    """One drawn photo: how it is drawn, in which story (by its slug) and chapter (by its title), and what is said."""

    draw: Callable[[], Image.Image]
    story: str
    alt: str
    chapter: str = ""
    cover: str = ""
    notes: tuple[str, ...] = ()


def drawn_pictures() -> tuple[Drawn, ...]:
    """All of them, in the order of the stories in README.md."""
    baby = COVER["baby"]
    return (
        Drawn(hat, "knitting-small", "A stone that leans a little, with a red knitted hat that is too big for it."),
        Drawn(two_bags, "two-bags", "Two bags on top of a wardrobe, a blue one and one with stripes."),
        Drawn(one_bag, "two-bags", "The striped bag alone on top of the wardrobe.", chapter="The blue one"),
        Drawn(harbour, "the-end-room", "The picture on the wall: a harbour in the evening, two boats, one lamp."),
        Drawn(
            walnut_box, "walnut", "A small box of walnut on a bench, its lid beside it.", cover="the box that I built"
        ),
        Drawn(
            bundle,
            "hows-your-mum",
            "Somebody small in a white blanket and a cap, in the bend of an arm, the face turned away.",
            cover=str(baby.words),
            notes=(baby.note,),
        ),
    )


def hang_pictures(stories: dict[str, Story], chapters: dict[tuple[str, str], Chapter]) -> None:
    """Put them where they stand. Part of the transaction that makes the village; `develop_pictures` follows."""
    for drawn in drawn_pictures():
        part = chapters[drawn.story, drawn.chapter] if drawn.chapter else stories[drawn.story]
        author = part.author
        assert author is not None
        _hang(drawn, part, author)


def develop_pictures() -> None:
    """Have them prepared now, so that they are there on the first page that anybody opens."""

    def stop(seconds: float) -> bool:
        time.sleep(seconds)
        return False

    while prepare_next(stop):
        pass


def _hang(drawn: Drawn, part: Story | Chapter, author: Member) -> None:
    picture = add_picture(part, by=author, sent=_as_sent(drawn))
    said = Said(drawn.alt, drawn.cover, mask_of(drawn.notes))
    say_of_picture(picture, by=author, said=said, stamp=picture.touched_at)
    at = (part.at or now_us()) + 60_000_000
    shown = Picture.objects.written_by(author).filter(pk=picture.pk)
    shown.update(state=State.LIVE, at=at + picture.pk, placed_at=at)


def _as_sent(drawn: Drawn) -> SimpleUploadedFile:
    file = io.BytesIO()
    drawn.draw().save(file, "JPEG", quality=88)
    return SimpleUploadedFile("drawn.jpg", file.getvalue(), content_type="image/jpeg")
