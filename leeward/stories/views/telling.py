"""Tell: write, choose who sees it, take it back."""

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
from leeward.journeys.facts import ticked_at_first
from leeward.journeys.shown import offered_pairs
from leeward.journeys.ways import ways_of
from leeward.members.doors import member_required
from leeward.members.models import Member
from leeward.members.pace import TooOften
from leeward.members.unsent import keeps_unsent
from leeward.members.waiting import wait_words
from leeward.moderation.actions import settle
from leeward.moderation.becoming import say_what_became
from leeward.stories.actions.sharing import hand_in_story, take_back
from leeward.stories.actions.writing import ChangedElsewhere, begin, write
from leeward.stories.asking import asked_by
from leeward.stories.audiences import Sharing, ShowTo, shown_to
from leeward.stories.ends import has_ended, last_day
from leeward.stories.facts import shown_facts
from leeward.stories.forms import SharingForm, TakeBackForm, WritingForm
from leeward.stories.models import Answer, Story
from leeward.stories.views.taking_in import take_in


def own_story(request: Request, ref: str) -> Story:
    """The member's own story of this name, if its words are still hers to change; else a 404."""
    mine = Story.objects.written_by(member_of(request)).filter(ref=ref, taken_back_at=None)
    story: Story | None = mine.first()
    if story is None:
        raise Http404
    return story


@member_required
def tell_story(request: Request) -> HttpResponse:
    """Begin a story."""
    form = WritingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not (form.cleaned_data["text"].strip() or form.cleaned_data["title"].strip() or request.FILES):
            form.add_error("text", _("There are no words yet. Write as few as you like, or come back another time."))
        else:
            try:
                story, changed = _write(member_of(request), form)
            except TooOften as too_often:
                return _wait_page(request, form, None, too_often)
            photos = take_in(request, story)
            if changed:
                return _changed_page(request, form, story)
            if story.is_for_others():  # it was shown from another tab while this one was open
                say_what_became(request, settle(story), story, shown=_("Kept."))
            return photos or redirect("stories:share", story.ref)
    return render(request, "stories/write.html", {"form": form, "story": None})


@member_required
@keeps_unsent
def write_story(request: Request, ref: str) -> HttpResponse:
    """Go on writing."""
    story = own_story(request, ref)
    if story.also_id is not None and request.method != "POST":
        return redirect("stories:jointly", story.ref)  # both agreed to the words as they are
    begun = {"title": story.title, "text": story.text, "stamp": story.touched_at, "ref": story.ref}
    form = WritingForm(request.POST or None, initial=begun)
    if story.is_live:
        form.fields["text"].help_text = _("It is shown already. A change is read like a new text before others see it.")
    if request.method == "POST" and form.is_valid():
        try:
            story, changed = _write(member_of(request), form, story)
        except TooOften as too_often:
            return _wait_page(request, form, story, too_often)
        photos = take_in(request, story)
        if changed:
            return _changed_page(request, form, story)
        say_what_became(request, settle(story), story, shown=_("Kept."))
        return photos or redirect("stories:share" if story.at is None else "stories:read", story.ref)
    return render(request, "stories/write.html", {"form": form, "story": story})


@require_POST
def keep(request: Request) -> JsonResponse:
    """Keep a draft while it is being written (called by keep.js; the page works without)."""
    if not isinstance(request.user, Member):
        return JsonResponse({"message": _("You were signed out. Your words are still here.")}, status=403)
    form = WritingForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": _("Not kept yet: the text is too long.")}, status=400)
    story = None
    if form.cleaned_data["ref"]:
        story = own_story(request, form.cleaned_data["ref"])
        if story.at is not None or story.is_held:
            return JsonResponse({"message": _("Press Keep when you are done: others can see this story.")}, status=400)
    elif not form.cleaned_data["text"].strip():
        return JsonResponse({"stamp": 0, "ref": ""})
    story, changed = _write(request.user, form, story, only_draft=True)
    if changed:
        words = _("This story was changed in another tab. Nothing was overwritten.")
        return JsonResponse({"message": words}, status=409)
    return JsonResponse({"stamp": story.touched_at, "ref": story.ref})


@member_required
def share_story(request: Request, ref: str) -> HttpResponse:
    """Choose who sees a story, and show it."""
    story, member = own_story(request, ref), member_of(request)
    shown = shown_facts([story])[story.pk]
    form = SharingForm(
        request.POST or None, author=member, story=story, shown=shown, initial=_as_shared_now(story, member)
    )
    page = {"form": form, "story": story, "ended": has_ended(story)}
    if request.method == "POST" and form.is_valid():
        try:
            hand_in_story(story, by=member, sharing=form.sharing())
        except PermissionError as refusal:
            raise PermissionDenied from refusal
        except TooOften as too_often:
            form.add_error(None, wait_words(too_often))
            return render(request, "stories/share.html", page, status=429)
        say_what_became(request, settle(story), story, shown=_who_sees_it_now(story, form.sharing()))
        return redirect("stories:read", story.ref)
    return render(request, "stories/share.html", page)


@member_required
def take_story_back(request: Request, ref: str) -> HttpResponse:
    """Take a story back, after one question."""
    story = own_story(request, ref)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        take_back(story, by=member_of(request), keep_answers=form.cleaned_data["answers"] == "keep")
        messages.success(request, _("It is gone, from every place."))
        return redirect("stories:mine")
    answered = Answer.objects.filter(story=story).visible_to(request.viewer).exists()
    return render(request, "stories/take_back.html", {"form": form, "story": story, "answered": answered})


def _write(
    member: Member, form: WritingForm, story: Story | None = None, *, only_draft: bool = False
) -> tuple[Story, bool]:
    """Keep what the form holds. Returns the story, and whether another tab was faster (then nothing is overwritten)."""
    given = form.cleaned_data
    words, stamp = {"title": given["title"], "text": given["text"]}, given["stamp"] or 0
    if story is None and given["ref"]:
        story = Story.objects.written_by(member).filter(ref=given["ref"], taken_back_at=None).first()
    if story is None:
        return begin(by=member, **words), False
    try:
        return write(story, by=member, stamp=stamp, only_draft=only_draft, **words), False
    except ChangedElsewhere as change:
        return cast("Story", change.kept), True
    except PermissionError as refusal:
        raise PermissionDenied from refusal


def _wait_page(request: Request, form: WritingForm, story: Story | None, too_often: TooOften) -> HttpResponse:
    form.add_error(None, wait_words(too_often))
    return render(request, "stories/write.html", {"form": form, "story": story}, status=429)


def _changed_page(request: Request, form: WritingForm, story: Story) -> HttpResponse:
    page = {"form": form, "kept": story, "again": reverse("stories:write", args=[story.ref])}
    return render(request, "stories/changed_elsewhere.html", page, status=409)


def _as_shared_now(story: Story, member: Member) -> dict[str, object]:
    show_to, ways = shown_to(story)
    was_chosen = story.at is not None or story.is_held
    facts = shown_facts([story])[story.pk] if was_chosen else ticked_at_first(offered_pairs(member))
    return {
        "show_to": show_to if was_chosen else ShowTo.MEMBERS,
        "ways": [way.name for way in ways_of(member) if way.ring_id in ways],
        "signed": "both" if story.also_id else "yes" if story.signed else "no",
        "answers_from": story.answers_from,
        "unquotable": not story.quotable,
        "asking": [one.value for one in asked_by(story)],
        "until": None if has_ended(story) else last_day(story),
        "notes": [note.key for note in story.said_notes],
        "facts": ["=".join(pair) for pair in facts],
    }


def _who_sees_it_now(story: Story, sharing: Sharing) -> str:
    if sharing.show_to is ShowTo.ONLY_ME and story.also_id is not None:
        return _("Kept. Only the two of you see it.")
    if sharing.show_to is ShowTo.ONLY_ME:
        return _("Kept. Only you see it.")
    return _("It is there now, for those whom you chose.")
