"""What everybody sees of public stories. These doors work for everyone, with an account or without."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from leeward.audience.requests import Request
from leeward.audience.viewers import Viewer
from leeward.library.public_stories.actions import ask_for_removal
from leeward.library.public_stories.forms import NarrowForm, RemovalForm
from leeward.library.public_stories.models import Asker, PublicStory
from leeward.library.public_stories.registering import REMOVAL, tell_editors
from leeward.library.public_stories.shown import (
    PAGE,
    choices_among,
    facets_in_words,
    in_the_library,
    telling_of,
    told_by_the_same,
)
from leeward.members.limits import TooMany, try_door
from leeward.members.unsent import keeps_unsent_in
from leeward.members.waiting import wait_words


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def stories(request: Request) -> HttpResponse:
    """The stories, the newest entry first; narrowed by what they tell, which is sent and not in the address."""
    shown = in_the_library(request.viewer)
    form = NarrowForm(request.POST if request.method == "POST" else {}, choices=choices_among(shown))
    pair = form.pair if form.is_valid() else None
    start = form.start if form.is_valid() else 0
    if pair is not None:
        shown = telling_of(pair, shown)
    found = list(shown[start : start + PAGE + 1])
    page = {
        "form": form,
        "stories": [(story, facets_in_words(story)) for story in found[:PAGE]],
        "next": start + PAGE if len(found) > PAGE else None,
        "told": form.cleaned_data.get("told", "") if form.is_valid() else "",
    }
    return render(request, "public_stories/stories.html", page)


@require_safe
def read(request: Request, ref: str) -> HttpResponse:
    """One entry, with the link that leads to the article."""
    story = find_shown(ref)
    noted = bool(story.notes & request.viewer.shield) and "open" not in request.GET
    page = {
        "story": story,
        "noted": noted,
        "facts": [] if noted else facets_in_words(story),
        "telling": [] if noted else told_by_the_same(story, request.viewer),
    }
    return render(request, "public_stories/story.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("reason")
@keeps_unsent_in("reason")
def removal(request: Request, ref: str) -> HttpResponse:
    """Ask for an entry to be removed. No account and no reason is needed."""
    story = find_shown(ref)
    form = RemovalForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            try_door(REMOVAL, request)
        except TooMany as too_many:
            form.add_error(None, wait_words(too_many))
            status = 429
        else:
            return _asked(request, story, form)
    return render(request, "public_stories/removal.html", {"story": story, "form": form}, status=status)


def _asked(request: Request, story: PublicStory, form: RemovalForm) -> HttpResponse:
    with transaction.atomic():
        is_hidden = ask_for_removal(story, Asker(form.cleaned_data["who"]), form.cleaned_data["reason"])
        tell_editors()
    if is_hidden:
        messages.success(request, _("It is out of sight now, until an editor has decided. Thank you for saying so."))
    else:
        messages.success(request, _("An editor will look at it. Thank you for saying so."))
    return redirect("public_stories:stories")


def find_shown(ref: str) -> PublicStory:
    """The story of this name, whatever the viewer asked not to meet.

    Raises:
        Http404: there is none in the library, or it is out of sight.
    """
    story = in_the_library(Viewer.stranger()).filter(ref=ref).first()
    if story is None:
        raise Http404
    return story
