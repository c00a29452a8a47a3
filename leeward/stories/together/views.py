"""Hand a draft to one person; read what one was handed; write about it; take it back, or leave it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.actions import put_aside
from leeward.audience.known import Known
from leeward.audience.requests import Request, member_of
from leeward.members.doors import member_required
from leeward.members.pace import TooOften
from leeward.members.unsent import keeps_unsent
from leeward.members.waiting import wait_words
from leeward.moderation.actions import is_hidden, settle
from leeward.moderation.becoming import say_what_became
from leeward.moderation.between_two import send_to_other
from leeward.moderation.first_texts import must_be_read_first
from leeward.stories.jointly.questions import told_together, way_of
from leeward.stories.models import Chapter, FirstReading, Remark, Story
from leeward.stories.together.ending import take_reading_back
from leeward.stories.together.forms import HandOverForm, RemarkForm
from leeward.stories.together.handing import CannotBeHanded, IsHanded, WordsHaveChanged, hand_over, hand_over_anew
from leeward.stories.together.lists import read_together
from leeward.stories.together.questions import (
    is_over,
    may_be_handed,
    may_remark,
    other_of,
    people_to_ask,
    reading_of,
    remarks_of,
)
from leeward.stories.together.talking import remark, take_remark_back, was_read
from leeward.stories.views.chapters import own_chapter
from leeward.stories.views.telling import own_story


@member_required
def all_of_mine(request: Request) -> HttpResponse:
    """What I am asked to read, what I handed to others, and what I wrote about it."""
    member = member_of(request)
    page = {"together": read_together(member, request.viewer), "joint": told_together(member)}
    return render(request, "stories/together/all.html", page)


@member_required
def hand_story(request: Request, ref: str) -> HttpResponse:
    """Hand the beginning of a story to one person."""
    return _hand(request, own_story(request, ref))


@member_required
def hand_chapter(request: Request, ref: str) -> HttpResponse:
    """Hand a chapter to one person."""
    return _hand(request, own_chapter(request, ref))


@member_required
def read(request: Request, ref: str) -> HttpResponse:
    """A draft that one was handed, or handed over, with what the two wrote about it."""
    return _page(request, find_reading(request, ref), RemarkForm())


@member_required
@require_POST
@keeps_unsent
def say(request: Request, ref: str) -> HttpResponse:
    """Write about it to the other; look at the words again first, if some of them may hurt."""
    reading, member = find_reading(request, ref), member_of(request)
    return send_to_other(
        request,
        RemarkForm(request.POST),
        other=other_of(reading, member),
        may=may_remark(reading, member),
        write=partial(remark, reading),
        again=partial(_page, request, reading),
        here=f"{reading.get_absolute_url()}?open",
    )


@member_required
@require_POST
def end(request: Request, ref: str) -> HttpResponse:
    """Not any more: the other is told nothing, it is only there no longer."""
    reading, member = find_reading(request, ref), member_of(request)
    if reading.author_id != member.pk:
        raise Http404
    take_reading_back(reading, by=member)
    messages.success(request, _("It is with you alone again. Nobody is told; it is only there no longer."))
    return redirect("stories:together")


@member_required
@require_POST
def anew(request: Request, ref: str) -> HttpResponse:
    """Give the other the words as they are now."""
    reading, member = find_reading(request, ref), member_of(request)
    if reading.author_id != member.pk:
        raise Http404
    try:
        hand_over_anew(reading, by=member)
    except PermissionError as refusal:
        raise PermissionDenied from refusal
    except CannotBeHanded:
        messages.warning(request, _("It is not with anybody any more, so nothing was handed over."))
        return redirect(reading)
    except TooOften as too_often:
        messages.warning(request, wait_words(too_often))
        return redirect(reading)
    say_what_became(request, settle(reading), reading, shown=_("These are the words that can be read now."))
    return redirect(reading)


@member_required
@require_POST
def decline(request: Request, ref: str) -> HttpResponse:
    """Rather not: out of my sight, and nobody learns of it."""
    reading, member = find_reading(request, ref), member_of(request)
    if reading.reader_id != member.pk:
        raise Http404
    put_aside(member, reading)
    was_read(reading, by=member)
    messages.success(request, _("Kept. It is out of your sight. Nobody is told, now or later."))
    return redirect("stories:together")


@member_required
def take_back_remark(request: Request, ref: str) -> HttpResponse:
    """Take back what I wrote about a draft, also when the draft is there no more."""
    if not ref.isalnum():  # PostgreSQL refuses to look for some signs
        raise Http404
    member = member_of(request)
    made = Remark.objects.written_by(member).filter(ref=ref).select_related("reading").first()
    if made is None:
        raise Http404
    if request.method != "POST":
        return render(request, "stories/together/take_back.html", {"remark": made})
    take_remark_back(made, by=member)
    messages.success(request, _("It is gone."))
    return redirect("stories:together")


def find_reading(request: Request, ref: str) -> FirstReading:
    """The first reading of this name, if the member who looks is one of the two; else the same 404 as for none."""
    if not ref.isalnum():
        raise Http404
    member = member_of(request)
    seen = FirstReading.objects.filter(ref=ref).visible_to(request.viewer)
    reading: FirstReading | None = seen.select_related("author", "reader", "story", "chapter__story").first()
    if reading is None or member.pk not in {reading.author_id, reading.reader_id}:
        raise Http404
    return reading


def _hand(request: Request, part: Story | Chapter) -> HttpResponse:
    member = member_of(request)
    before = reading_of(part, member)
    if before is not None:
        return redirect(before)
    if not may_be_handed(part):
        raise Http404
    people = people_to_ask(member)
    begun = {"stamp": part.touched_at, "days": 7, "notes": [note.key for note in part.said_notes]}
    form = HandOverForm(request.POST or None, people=people, initial=begun)
    if request.method != "POST" or not form.is_valid():
        return _hand_page(request, part, form)
    given = form.cleaned_data
    try:
        reading = hand_over(
            part, by=member, to=form.reader(), days=given["days"], notes=given["notes"], stamp=given["stamp"]
        )
    except PermissionError as refusal:
        raise PermissionDenied from refusal
    except IsHanded as handed:
        return redirect(handed.reading)
    except (WordsHaveChanged, CannotBeHanded, TooOften) as refusal:
        return _refused(request, part, form, refusal)
    say_what_became(request, settle(reading), reading, shown=_("It can be read now by the one whom you chose."))
    return redirect(reading)


def _refused(request: Request, part: Story | Chapter, form: HandOverForm, refusal: Exception) -> HttpResponse:
    """The page again, with what she chose, and why nothing was handed over."""
    if isinstance(refusal, WordsHaveChanged):
        said = request.POST.copy()
        said["stamp"] = str(part.touched_at)
        form.data = said
        form.add_error(None, _("The words were changed in another tab. Below they stand as they are now."))
        return _hand_page(request, part, form, status=409)
    if isinstance(refusal, TooOften):
        form.add_error(None, wait_words(refusal))
        return _hand_page(request, part, form, status=429)
    form.add_error(None, _("This cannot be handed over as it is now. Nothing has left your hands."))
    return _hand_page(request, part, form, status=422)


def _hand_page(request: Request, part: Story | Chapter, form: HandOverForm, status: int = 200) -> HttpResponse:
    story = part.story if isinstance(part, Chapter) else part
    context = {
        "form": form,
        "part": part,
        "story": story,
        "is_chapter": isinstance(part, Chapter),
        "told_unsigned": isinstance(part, Chapter) and not story.signed,
        "read_by_person": must_be_read_first(member_of(request)),
    }
    return render(request, "stories/together/hand.html", context, status=status)


def _page(request: Request, reading: FirstReading, form: RemarkForm, status: int = 200) -> HttpResponse:
    """To her who reads it the words open when she asks for them; also her own earlier words show that she did."""
    member = member_of(request)
    mine = reading.author_id == member.pk
    said = remarks_of(reading, member, request.viewer)
    opened = mine or "open" in request.GET or request.method == "POST"
    if not opened and not reading.notes & request.viewer.shield:
        opened = any(one.mine for one in said)
    if opened and request.method == "GET":
        was_read(reading, by=member)
    context = {
        "reading": reading,
        "mine": mine,
        "name": Known(member).name_of(other_of(reading, member)),
        "opened": opened,
        "said": said if opened else [],
        "over": is_over(reading),
        "hidden": mine and not reading.is_live and is_hidden(reading),
        "has_new_words": mine and _has_new_words(reading),
        "may_remark": may_remark(reading, member),
        "jointly": way_of(reading, member) if opened else "",
        "form": form,
    }
    return render(request, "stories/together/read.html", context, status=status)


def _has_new_words(reading: FirstReading) -> bool:
    part = reading.part
    return not is_over(reading) and may_be_handed(part) and (reading.title, reading.text) != (part.title, part.text)
