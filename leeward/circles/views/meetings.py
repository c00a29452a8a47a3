"""A meeting: read it, write in it, leave a note unanswered, end it, take back one's own words, put it away."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.actions import block
from leeward.audience.known import Known
from leeward.audience.requests import Request, member_of
from leeward.circles.actions.ending import decline, end, put_away, take_back_mine
from leeward.circles.actions.talking import read_until, take_back_line, write_line
from leeward.circles.forms import LineForm
from leeward.circles.meeting import is_over, may_write, other_of, page_beside, reads_note
from leeward.circles.models import Line, Meeting
from leeward.circles.threads import lines_of
from leeward.kit.moments import FAR_FUTURE, moment_said
from leeward.members.doors import member_required
from leeward.members.unsent import keeps_unsent
from leeward.moderation.between_two import send_to_other


@member_required
def read(request: Request, ref: str) -> HttpResponse:
    """One meeting with its lines. What was shown counts as read, for her own bell alone."""
    return _page(request, find_meeting(request, ref), LineForm())


@member_required
@require_POST
@keeps_unsent
def say(request: Request, ref: str) -> HttpResponse:
    """Write to the other; look at the words again first, if some of them may hurt."""
    meeting, member = find_meeting(request, ref), member_of(request)
    return send_to_other(
        request,
        LineForm(request.POST),
        other=other_of(meeting, member),
        may=may_write(meeting, member),
        write=partial(write_line, meeting),
        again=partial(_page, request, meeting),
        here=meeting.get_absolute_url(),
    )


@member_required
@require_POST
def leave_unanswered(request: Request, ref: str) -> HttpResponse:
    """Leave a note unanswered."""
    try:
        decline(find_meeting(request, ref), by=member_of(request))
    except PermissionError as refusal:
        raise Http404 from refusal
    messages.success(request, _("Kept. The one who wrote it is not told, now or later."))
    return redirect("circles:people")


@member_required
def end_one(request: Request, ref: str) -> HttpResponse:
    """End a meeting, and block the other too if she wishes: also when it is over already."""
    meeting, member = find_meeting(request, ref), member_of(request)
    other, over = other_of(meeting, member), is_over(meeting, member)
    if meeting.answered_at is None or (over and other is None):
        raise Http404
    if request.method != "POST":
        context = {"meeting": meeting, "name": Known(member).name_of(other), "over": over}
        return render(request, "circles/end.html", context)
    end(meeting, by=member)
    if "block" in request.POST and other is not None and not member.has_ended:
        block(member, other)
        messages.success(request, _("It has ended, and you do not meet any more. Nobody is told who it was."))
        return redirect("circles:people")
    messages.success(request, _("It has ended. Nobody is told who it was."))
    return redirect(meeting.get_absolute_url())


@member_required
def take_back(request: Request, ref: str) -> HttpResponse:
    """Take back everything that I wrote here."""
    meeting, member = find_meeting(request, ref), member_of(request)
    if request.method != "POST":
        return render(request, "circles/take_back.html", {"meeting": meeting, "line": None})
    take_back_mine(meeting, by=member)
    messages.success(request, _("Your words are gone from here."))
    return redirect("circles:people")


@member_required
def take_line_back(request: Request, ref: str) -> HttpResponse:
    """Take back one message of mine."""
    if not ref.isalnum():
        raise Http404
    line = Line.objects.written_by(member_of(request)).filter(ref=ref).select_related("meeting").first()
    if line is None:
        raise Http404
    if request.method != "POST":
        return render(request, "circles/take_back.html", {"meeting": line.meeting, "line": line})
    meeting = line.meeting
    take_back_line(line, by=member_of(request))
    messages.success(request, _("It is gone."))
    return redirect(meeting.get_absolute_url())


@member_required
@require_POST
def put_one_away(request: Request, ref: str) -> HttpResponse:
    """Put away what is over."""
    try:
        put_away(find_meeting(request, ref), by=member_of(request))
    except PermissionError as refusal:
        raise Http404 from refusal
    messages.success(request, _("Put away."))
    return redirect("circles:people")


def find_meeting(request: Request, ref: str) -> Meeting:
    """The meeting of this name, if the member who looks is one of the two; else the same 404 as for none."""
    if not ref.isalnum():  # PostgreSQL refuses to look for some signs
        raise Http404
    member = member_of(request)
    seen = Meeting.objects.filter(ref=ref).visible_to(request.viewer).select_related("author", "asked")
    meeting: Meeting | None = seen.first()
    if meeting is None or member.pk not in {meeting.author_id, meeting.asked_id}:
        raise Http404
    return meeting


def _page(request: Request, meeting: Meeting, form: LineForm, status: int = 200) -> HttpResponse:
    member = member_of(request)
    before = moment_said(request.GET.get("before", "")) or FAR_FUTURE
    lines = lines_of(meeting, member, request.viewer, before=before)
    other = other_of(meeting, member)
    mine = meeting.author_id == member.pk
    if request.method == "GET" and before == FAR_FUTURE:
        read_until(meeting, by=member, moment=lines.newest)
    context = {
        "meeting": meeting,
        "lines": lines,
        "mine": mine,
        "other": other,
        "name": Known(member).name_of(other),
        "beside": page_beside(meeting, member),
        "over": is_over(meeting, member),
        "may_write": may_write(meeting, member),
        "waits": mine and meeting.answered_at is None,
        "noted": bool(meeting.notes & request.viewer.shield) and not mine,
        "note_is_there": reads_note(meeting, member),
        "form": form,
    }
    return render(request, "circles/meeting.html", context, status=status)
