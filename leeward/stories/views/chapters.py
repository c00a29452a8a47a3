"""How a story goes on: write it, choose who sees it, take it back; and follow somebody else's story."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.requests import Request, member_of
from leeward.journeys.ways import ways_of
from leeward.members.doors import member_required
from leeward.members.models import Member
from leeward.members.pace import TooOften
from leeward.members.unsent import keeps_unsent
from leeward.members.waiting import wait_words
from leeward.moderation.actions import settle
from leeward.moderation.becoming import say_what_became
from leeward.stories.actions.chapters import hand_in_chapter, take_chapter_back
from leeward.stories.actions.following import follow
from leeward.stories.actions.writing import ChangedElsewhere, begin_chapter, write
from leeward.stories.audiences import ShowTo, shown_to
from leeward.stories.ends import has_ended, last_day
from leeward.stories.forms import ChapterForm, ChapterSharingForm
from leeward.stories.models import Answer, Chapter, Story
from leeward.stories.views.reading import find_story
from leeward.stories.views.taking_in import take_in
from leeward.stories.views.telling import own_story

_WHEN = ("year", "month", "day")
_WORDS = ("title", "text", *_WHEN)


def own_chapter(request: Request, ref: str) -> Chapter:
    """The member's own chapter of this name, if its words are still hers to change; else a 404."""
    mine = Chapter.objects.written_by(member_of(request)).filter(ref=ref, story__taken_back_at=None)
    chapter: Chapter | None = mine.select_related("story").first()
    if chapter is None:
        raise Http404
    return chapter


@member_required
def go_on(request: Request, ref: str) -> HttpResponse:
    """Begin a chapter."""
    story = own_story(request, ref)
    form = ChapterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not (form.cleaned_data["text"].strip() or form.cleaned_data["title"].strip() or request.FILES):
            form.add_error("text", _("There are no words yet. Write as few as you like, or come back another time."))
        else:
            try:
                chapter, changed = _write(member_of(request), form, story)
            except TooOften as too_often:
                return _writing_page(request, form, story, None, too_often)
            photos = take_in(request, chapter)
            if changed:
                return _changed_page(request, form, chapter)
            return photos or redirect("stories:share_chapter", chapter.ref)
    return _writing_page(request, form, story, None)


@member_required
@keeps_unsent
def write_chapter(request: Request, ref: str) -> HttpResponse:
    """Go on writing a chapter."""
    chapter = own_chapter(request, ref)
    begun = {**{name: getattr(chapter, name) for name in _WORDS}, "stamp": chapter.touched_at, "ref": chapter.ref}
    form = ChapterForm(request.POST or None, initial=begun)
    if chapter.is_live:
        form.fields["text"].help_text = _("It is shown already. A change is read like a new text before others see it.")
    if request.method == "POST" and form.is_valid():
        try:
            chapter, changed = _write(member_of(request), form, chapter.story, chapter)
        except TooOften as too_often:
            return _writing_page(request, form, chapter.story, chapter, too_often)
        photos = take_in(request, chapter)
        if changed:
            return _changed_page(request, form, chapter)
        say_what_became(request, settle(chapter), chapter, shown=_("Kept."))
        if chapter.at is None:
            return photos or redirect("stories:share_chapter", chapter.ref)
        return photos or redirect(chapter)
    return _writing_page(request, form, chapter.story, chapter)


@require_POST
def keep_chapter(request: Request, ref: str) -> JsonResponse:
    """Keep a draft of a chapter while it is being written (called by keep.js; the page works without)."""
    if not isinstance(request.user, Member):
        return JsonResponse({"message": _("You were signed out. Your words are still here.")}, status=403)
    story, form, chapter = own_story(request, ref), ChapterForm(request.POST), None
    if not form.is_valid() and not {"title", "text", "ref", "stamp"}.isdisjoint(form.errors):
        return JsonResponse({"message": _("Not kept yet: something needs another look first.")}, status=400)
    if form.cleaned_data["ref"]:
        chapter = own_chapter(request, form.cleaned_data["ref"])
        if chapter.at is not None or chapter.is_held:
            return JsonResponse({"message": _("Press Keep when you are done: others can see this.")}, status=400)
    elif not form.cleaned_data["text"].strip():
        return JsonResponse({"stamp": 0, "ref": ""})
    chapter, changed = _write(request.user, form, story, chapter, only_draft=True)
    if changed:
        words = _("This was changed in another tab. Nothing was overwritten.")
        return JsonResponse({"message": words}, status=409)
    said = {"message": _("Your words are saved. When it was needs another look.")} if form.errors else {}
    return JsonResponse({"stamp": chapter.touched_at, "ref": chapter.ref, **said})


@member_required
def share_chapter(request: Request, ref: str) -> HttpResponse:
    """Choose who sees a chapter, and show it."""
    chapter, member = own_chapter(request, ref), member_of(request)
    begun = _as_shared_now(chapter, member)
    form = ChapterSharingForm(request.POST or None, author=member, story=chapter.story, initial=begun)
    page = {"form": form, "chapter": chapter, "story": chapter.story}
    if request.method == "POST" and form.is_valid():
        try:
            hand_in_chapter(chapter, by=member, sharing=form.sharing())
        except PermissionError as refusal:
            raise PermissionDenied from refusal
        except TooOften as too_often:
            form.add_error(None, wait_words(too_often))
            return render(request, "stories/share_chapter.html", page, status=429)
        only_me = form.sharing().show_to is ShowTo.ONLY_ME
        shown = _("Kept. Only you see it.") if only_me else _("It is there now, for those whom you chose.")
        say_what_became(request, settle(chapter), chapter, shown=shown)
        return redirect("stories:read", chapter.story.ref)
    return render(request, "stories/share_chapter.html", page)


@member_required
def take_back_chapter(request: Request, ref: str) -> HttpResponse:
    """Take a chapter back, after one question."""
    chapter = own_chapter(request, ref)
    if request.method == "POST":
        take_chapter_back(chapter, by=member_of(request))
        messages.success(request, _("It is gone, from every place."))
        return redirect("stories:read", chapter.story.ref)
    answered = Answer.objects.filter(chapter=chapter).visible_to(request.viewer).exists()
    return render(request, "stories/take_chapter_back.html", {"chapter": chapter, "answered": answered})


@member_required
@require_POST
def follow_story(request: Request, ref: str) -> HttpResponse:
    """Follow a story, or follow it no more."""
    story = find_story(request, ref)
    try:
        follow(story, by=member_of(request), follows="follow" in request.POST)
    except PermissionError as refusal:
        raise PermissionDenied from refusal
    except TooOften as too_often:
        messages.warning(request, wait_words(too_often))
    opened = "?open" if "open" in request.GET else ""
    return redirect(f"{story.get_absolute_url()}{opened}#follow")


def _write(
    member: Member, form: ChapterForm, story: Story, chapter: Chapter | None = None, *, only_draft: bool = False
) -> tuple[Chapter, bool]:
    """Keep what the form holds. Returns the chapter, and whether another tab was faster.

    A date that needs another look is left as it is, so that the words are kept meanwhile.
    """
    given = form.cleaned_data
    words = {name: given[name] for name in _WORDS if not (form.errors and name in _WHEN)}
    if chapter is None and given["ref"]:
        chapter = Chapter.objects.written_by(member).filter(ref=given["ref"], story=story).first()
    try:
        if chapter is None:
            return begin_chapter(story, by=member, **words), False
        return write(chapter, by=member, stamp=given["stamp"] or 0, only_draft=only_draft, **words), False
    except ChangedElsewhere as change:
        return cast("Chapter", change.kept), True
    except PermissionError as refusal:
        raise PermissionDenied from refusal


def _writing_page(
    request: Request, form: ChapterForm, story: Story, chapter: Chapter | None, too_often: TooOften | None = None
) -> HttpResponse:
    if too_often is not None:
        form.add_error(None, wait_words(too_often))
    page = {"form": form, "story": story, "chapter": chapter}
    return render(request, "stories/write_chapter.html", page, status=200 if too_often is None else 429)


def _changed_page(request: Request, form: ChapterForm, chapter: Chapter) -> HttpResponse:
    page = {"form": form, "kept": chapter, "again": reverse("stories:write_chapter", args=[chapter.ref])}
    return render(request, "stories/changed_elsewhere.html", page, status=409)


def _as_shared_now(chapter: Chapter, member: Member) -> dict[str, object]:
    """How it is shown; before it ever was, as its story is now."""
    was_chosen = chapter.at is not None or chapter.is_held
    show_to, ways = shown_to(chapter if was_chosen else chapter.story)
    return {
        "show_to": show_to,
        "ways": [way.name for way in ways_of(member) if way.ring_id in ways],
        "answers_from": chapter.answers_from if was_chosen else chapter.story.answers_from,
        "unquotable": not (chapter if was_chosen else chapter.story).quotable,
        "until": None if has_ended(chapter) else last_day(chapter),
        "notes": [note.key for note in chapter.said_notes],
    }
