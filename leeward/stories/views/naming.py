"""Put one's name to a word."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from leeward.audience.requests import Request, member_of
from leeward.members.doors import member_required
from leeward.members.pace import TooOften
from leeward.members.waiting import wait_words
from leeward.stories.actions.answering import MayNotAnswer
from leeward.stories.actions.naming import put_name
from leeward.stories.models import ReactionWord
from leeward.stories.views.reading import find_story


@member_required
@require_POST
def name_word(request: Request, ref: str) -> HttpResponse:
    """Put her name to a word that she has said, or take it off."""
    story, named = find_story(request, ref), "put" in request.POST
    word = request.POST.get("put" if named else "off", "")
    if word not in ReactionWord.values:
        raise Http404
    try:
        put_name(story, by=member_of(request), word=ReactionWord(word), named=named)
    except MayNotAnswer as refusal:
        raise PermissionDenied from refusal
    except TooOften as too_often:
        messages.warning(request, wait_words(too_often))
    opened = "?open" if "open" in request.GET else ""
    return redirect(f"{story.get_absolute_url()}{opened}#words")
