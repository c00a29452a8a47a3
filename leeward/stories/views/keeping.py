"""Keep a story as a book: a file for its author, made when she asks and not kept."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leeward.audience.requests import Request, member_of
from leeward.members.doors import member_required
from leeward.members.pace import TooOften, keep_pace
from leeward.members.waiting import wait_words
from leeward.photos.stores.store import StoreUnreachable
from leeward.stories.book.content import MOST_ANSWERS, Book, answers_offered, book_of, chosen_among
from leeward.stories.book.forms import BookForm, photos_said
from leeward.stories.book.pages import page_of
from leeward.stories.book.photos import photos_of, pictures_offered
from leeward.stories.book.press import NotSet, pdf_of
from leeward.stories.models import Story
from leeward.stories.paces import BOOKS
from leeward.stories.pausing import hard_for
from leeward.stories.views.telling import own_story

FILE_NAME = "to-keep"
"""Neutral: it stands in a list of downloads."""


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def keep_as_book(request: Request, ref: str) -> HttpResponse:
    """Say what the book holds; by POST, the file."""
    story, member = own_story(request, ref), member_of(request)
    offered = list(answers_offered(story, request.viewer))
    pictures = list(pictures_offered(story))
    hard = hard_for(member, offered)
    form = BookForm(request.POST or None, story=story, offered=offered, hard=hard, has_photos=bool(pictures))
    page = {"form": form, "story": story, "more": len(offered) == MOST_ANSWERS}
    if request.method != "POST" or not form.is_valid():
        return render(request, "stories/keep_book.html", page)
    try:
        keep_pace(BOOKS, member)
        name = story.writer_names or "" if form.cleaned_data["name"] == "yes" else ""
        chosen = chosen_among(offered, form.cleaned_data.get("answers", []))
        photos = photos_of(pictures, photos_said(form.cleaned_data))
        return _made(
            book_of(story, name=name, answers=chosen, photos=photos), story, as_pdf="pdf" in request.POST.getlist("as")
        )
    except TooOften as too_often:
        form.add_error(None, wait_words(too_often))
        return render(request, "stories/keep_book.html", page, status=429)
    except StoreUnreachable:
        form.add_error(
            "photos", _("The place where photos are kept does not answer just now. The book can be made without.")
        )
        return render(request, "stories/keep_book.html", page, status=503)
    except NotSet:
        form.add_error(None, _("The PDF could not be made just now. The page to read holds the same, and prints well."))
        return render(request, "stories/keep_book.html", page, status=503)


def _made(book: Book, story: Story, *, as_pdf: bool) -> HttpResponse:
    written = page_of(book, story, for_press=as_pdf)
    if not as_pdf:
        return _file(written.encode(), "html", f"text/html; charset={settings.DEFAULT_CHARSET}")
    drawings = {ref: photo.as_drawing for ref, photo in book.photos.items()}
    return _file(pdf_of(written, title=_("A story"), photos=drawings), "pdf", "application/pdf")


def _file(content: bytes, ending: str, kind: str) -> HttpResponse:
    """A file for her own disk: it is not opened here, and nobody stores it on the way."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
