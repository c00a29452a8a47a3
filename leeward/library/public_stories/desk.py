"""The editors' desk: what waits, one story with what it suggests, and articles brought in by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leeward.audience.notes import NOTE
from leeward.audience.requests import Request, member_of
from leeward.journeys.facts import is_known, pair_of
from leeward.journeys.vocabulary import FACET
from leeward.library.public_stories import actions
from leeward.library.public_stories.forms import FACTS, AddForm, StoryForm
from leeward.library.public_stories.models import PublicStory, RemovalAsked, State
from leeward.library.public_stories.reading.articles import read
from leeward.library.public_stories.reading.decoding import ask_for_letters
from leeward.library.public_stories.refusing import Refused
from leeward.library.public_stories.shown import Suggested, marked, suggested, words_of
from leeward.members.doors import editor_required
from leeward.members.retention import rule
from leeward.members.unsent import keeps_unsent_in

MOST_LISTED = 200


@require_safe
@editor_required
def desk(request: Request) -> HttpResponse:
    """What waits: requests for removal first, then suggestions, then all that is in the library."""
    asked = RemovalAsked.objects.filter(kept_at=None).select_related("story").order_by("asked_at")
    stories = PublicStory.objects.order_by("title", "pk").defer("body", "suggested")
    page = {
        "asked": asked[:MOST_LISTED],
        "waiting": stories.filter(state=State.SUGGESTED).order_by("brought_at")[:MOST_LISTED],
        "approved": stories.filter(state=State.APPROVED)[:MOST_LISTED],
        "lasts": rule("public_stories").days,
    }
    return render(request, "public_stories/desk.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
@keeps_unsent_in("summary")
def story(request: Request, ref: str) -> HttpResponse:
    """One story: what was suggested, what is said of it, and each act of an editor."""
    found = PublicStory.objects.select_related("telling").prefetch_related("facts").filter(ref=ref).first()
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found, StoryForm.of(found))
    form = StoryForm(request.POST)
    act = request.POST.get("act", "keep")
    if form.is_valid() and (act != "approve" or form.ask_for_all()):
        done = _do(act, found, form, request)
        if done:
            messages.success(request, done)
            return redirect("public_stories:desk")
    return _page(request, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def removing(request: Request, ref: str) -> HttpResponse:
    """Decide about a request for removal, or remove a story unasked. What is removed cannot be brought back."""
    found = PublicStory.objects.filter(ref=ref).first()
    if found is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        stays = request.POST.get("act") == "stays"
        do, done = (
            (actions.keep, _("It stays in the library.")) if stays else (actions.remove, _("It is removed for good."))
        )
        try:
            do(found, by=member_of(request), seen=int(seen) if seen.isdecimal() and len(seen) < 9 else 0)
        except actions.ChangedMeanwhile:
            refused = _("It is not as it was when you opened this page. Please look at it again before you go on.")
            found = PublicStory.objects.filter(ref=ref).first()
            if found is None:
                raise Http404 from None
        else:
            messages.success(request, done)
            return redirect("public_stories:desk")
    page = {"story": found, "asked": found.asked.filter(kept_at=None).order_by("asked_at"), "refused": refused}
    return render(request, "public_stories/removing.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
@keeps_unsent_in("text")
def add(request: Request) -> HttpResponse:
    """Bring in an article by hand."""
    form = AddForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            ask_for_letters(form.cleaned_data["text"])
            article = read(form.cleaned_data["text"], "", form.known)
            (ref,) = actions.take_in([article], by=member_of(request), address=form.cleaned_data["address"])
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            return redirect("public_stories:desk_story", ref)
    return render(request, "public_stories/add.html", {"form": form})


def _do(act: str, found: PublicStory, form: StoryForm, request: Request) -> str:
    """Keep or approve; the words when it is done, "" where it was refused: the form says why."""
    by, seen = member_of(request), form.cleaned_data["seen"]
    try:
        if act == "approve":
            actions.approve(found, form.said, by=by, seen=seen)
            return _("It is in the library. Its text is deleted here.")
        actions.change(found, form.said, by=by, seen=seen)
        return _("Kept.")
    except actions.ChangedMeanwhile as changed:
        form.add_error(None, _changed_words(changed))
    except Refused as refused:
        form.add_error("address", refused.words)
    return ""


def _changed_words(changed: actions.ChangedMeanwhile) -> str:
    if changed.now is None:
        return _("Somebody has removed it meanwhile.")
    return _("Somebody else, or another tab, changed it meanwhile. Open it again, and bring over what you wrote.")


def _page(request: Request, found: PublicStory, form: StoryForm) -> HttpResponse:
    facets, notes = suggested(found, "facets"), suggested(found, "notes")
    ticked, noted = set(form["facts"].value() or ()), set(form["notes"].value() or ())
    shown_first = [key for key in [*facets, *sorted(ticked - set(facets))] if is_known(pair_of(key))]
    page: dict[str, Any] = {
        "story": found,
        "form": form,
        "text": marked(found) if found.body else [],
        "suggestions": [_said(key, facets.get(key, ()), key in ticked) for key in shown_first],
        "others": [
            (str(FACET[facet].question), [(key, label) for key, label in terms if key not in shown_first])
            for facet, terms in FACTS
        ],
        "notes": [Suggested(key, str(note.label), notes.get(key, ()), key in noted) for key, note in NOTE.items()],
        "weeks": [(key.partition(":")[2], words) for key, words in suggested(found, "weeks").items()],
        "placed_by": found.suggested.get("order", []),
        "title_is_caption": found.suggested.get("title_is_caption", False),
        "lasts": rule("public_stories").days,
    }
    return render(request, "public_stories/desk_story.html", page)


def _said(key: str, words: tuple[str, ...], ticked: bool) -> Suggested:
    facet, _term = pair_of(key)
    return Suggested(key, f"{FACET[facet].question} {words_of(pair_of(key))}", words, ticked)
