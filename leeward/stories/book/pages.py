"""The book as one page that stands alone: opened from her own disk, years later, without this place."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from markupsafe import Markup

from leeward.stories.book.content import Book, whose
from leeward.stories.models import Story

_STYLE = Path(__file__).with_name("book.css")


def page_of(book: Book, story: Story, *, for_press: bool = False) -> str:
    """The page, with its style inside and nothing loaded from anywhere.

    Args:
        book: what stands in it.
        story: whose book it is.
        for_press: name the photos, which the press gets beside it, and do not put them in.
    """
    context = {
        "book": book,
        "answers": [(made, whose(made, story)) for made in book.answers],
        "for_press": for_press,
        "style": Markup(_STYLE.read_text()),  # noqa: S704  # our own file
        "made_on": timezone.localdate(),
        "place_name": settings.PLACE_NAME,
        "language": settings.LANGUAGE_CODE,
    }
    return render_to_string("stories/book.html", context)
