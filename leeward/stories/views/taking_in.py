"""Take in the photos that were sent with a form, whose words are kept by then: no photo can lose them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from leeward.audience.requests import Request, member_of
from leeward.members.pace import TooOften
from leeward.members.waiting import wait_words
from leeward.photos.reasons import PhotoRefused
from leeward.stories.actions.pictures import MOST, TooManyPictures, add_picture, pictures_page
from leeward.stories.models import Chapter, Story

FIELD = "photos"
"""The field for photos, in every form that takes them."""


def take_in(request: Request, part: Story | Chapter) -> HttpResponse | None:
    """Take in what was sent; the way to the page on which they are looked after, if there was any."""
    if not request.FILES.getlist(FIELD):
        return None
    add_sent(request, part)
    return redirect(pictures_page(part))


def add_sent(request: Request, part: Story | Chapter) -> None:
    """Take in each file; what could not be is said, by its place among those that were chosen."""
    files = request.FILES.getlist(FIELD)
    for nth, file in enumerate(files, start=1):
        try:
            add_picture(part, by=member_of(request), sent=file)
            continue
        except PhotoRefused as refusal:
            why = str(refusal)
        except TooOften as too_often:
            why = wait_words(too_often)
        except TooManyPictures:
            why = _("A story holds %(most)s photos.") % {"most": MOST}
        except PermissionError as refusal:
            raise PermissionDenied from refusal
        which = _("The photo was not taken in.") if len(files) == 1 else _("Photo %(nth)s was not taken in.")
        messages.warning(request, f"{which % {'nth': nth}} {why}")
