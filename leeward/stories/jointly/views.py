"""Ask to tell it together; agree to it; see how it stands, say anew how far, or end it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.known import Known
from leeward.audience.requests import Request, member_of
from leeward.members.doors import member_required
from leeward.moderation.actions import is_hidden
from leeward.stories.audiences import shown_to
from leeward.stories.jointly.agreeing import CannotBeToldTogether, agree, agree_up_to, ask_to_tell_together
from leeward.stories.jointly.forms import AgreeForm, UpToForm
from leeward.stories.jointly.parting import part
from leeward.stories.jointly.questions import agreed_up_to, may_agree, other_teller
from leeward.stories.models import FirstReading, Story
from leeward.stories.together.handing import WordsHaveChanged
from leeward.stories.together.views import find_reading


@member_required
@require_POST
def ask(request: Request, ref: str) -> HttpResponse:
    """Ask the one who reads my draft whether she would tell it with me."""
    reading, member = find_reading(request, ref), member_of(request)
    if reading.author_id != member.pk:
        raise Http404
    try:
        ask_to_tell_together(reading, by=member)
    except PermissionError as refusal:
        raise PermissionDenied from refusal
    except CannotBeToldTogether:
        messages.warning(request, _("This cannot be told together as it is now. Nothing has changed."))
    else:
        messages.success(request, _("It is asked now, if it arrives. Nothing is shown to anybody else by that."))
    return redirect(reading)


@member_required
def agree_to_it(request: Request, ref: str) -> HttpResponse:
    """Agree to tell what I was handed together, in both names."""
    reading, member = _asked(request, ref), member_of(request)
    if reading is None and request.method == "POST":
        return redirect("stories:together")  # pressed twice, or over by now: what there is between the two stands there
    if reading is None:
        raise Http404
    form = AgreeForm(request.POST or None, initial={"stamp": reading.touched_at})
    if request.method != "POST" or not form.is_valid():
        return _agree_page(request, reading, form, status=422 if form.errors else 200)
    try:
        story = agree(reading, by=member, up_to=form.cleaned_data["up_to"], stamp=form.cleaned_data["stamp"])
    except WordsHaveChanged:
        said = request.POST.copy()
        said["stamp"] = str(reading.touched_at)
        form.data = said
        form.add_error(None, _("The words are others now. Below they stand as they are, and nothing is agreed yet."))
        return _agree_page(request, reading, form, status=409)
    except CannotBeToldTogether:
        return redirect("stories:together")
    messages.success(request, _("You tell it together now. Either of you can end that at any moment."))
    return redirect("stories:jointly", story.ref)


@member_required
def joint(request: Request, ref: str) -> HttpResponse:
    """How it stands between the two; the second says anew how far she agrees."""
    story, member = _joint_story(request, ref), member_of(request)
    second = story.with_teller_id == member.pk
    form = UpToForm(request.POST or None, initial={"up_to": agreed_up_to(story)})
    if request.method == "POST":
        if not second:
            raise Http404
        if form.is_valid():
            try:
                agree_up_to(story, by=member, up_to=form.cleaned_data["up_to"])
            except PermissionError as refusal:
                raise PermissionDenied from refusal
            messages.success(request, _("Kept. It holds from now on."))
            return redirect("stories:jointly", story.ref)
    show_to, _ways = shown_to(story)
    context = {
        "story": story,
        "second": second,
        "name": Known(member).name_of(other_teller(story, member)),
        "up_to": agreed_up_to(story),
        "shown_to": show_to,
        "hidden": not story.is_live and is_hidden(story),
        "form": form,
    }
    return render(request, "stories/jointly/joint.html", context, status=422 if form.errors else 200)


@member_required
@require_POST
def end(request: Request, ref: str) -> HttpResponse:
    """End it at once, without a reason. Pressed a second time it says nothing else than of what never was."""
    try:
        story, member = _joint_story(request, ref), member_of(request)
    except Http404:
        return redirect("stories:together")
    mine = story.author_id == member.pk
    part(story, by=member)
    if mine:
        messages.success(request, _("It is yours alone again, and only you see it."))
        return redirect(story)
    messages.success(request, _("It is not shown any more, and your name stands under it nowhere."))
    return redirect("stories:together")


def _asked(request: Request, ref: str) -> FirstReading | None:
    """What the member who looks is asked to tell together, if she still is."""
    try:
        reading = find_reading(request, ref)
    except Http404:
        return None
    return reading if may_agree(reading, member_of(request)) else None


def _joint_story(request: Request, ref: str) -> Story:
    """The story of this name, if the member who looks is one of the two who tell it; else the same 404 as for none."""
    if not ref.isalnum():
        raise Http404
    seen = Story.objects.filter(ref=ref).exclude(with_teller=None).visible_to(request.viewer)
    story: Story | None = seen.select_related("author", "with_teller").first()
    if story is None or member_of(request).pk not in story.tellers:
        raise Http404
    return story


def _agree_page(request: Request, reading: FirstReading, form: AgreeForm, status: int = 200) -> HttpResponse:
    name = Known(member_of(request)).name_of(reading.author)
    context = {"reading": reading, "name": name, "form": form}
    return render(request, "stories/jointly/agree.html", context, status=status)
