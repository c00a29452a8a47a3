"""Words from one to the other of two who write with each other: looked at again if they may hurt, then sent."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect

from leeward.audience.requests import Request, member_of
from leeward.audience.shared import Shared
from leeward.members.models import Member
from leeward.members.pace import MayNotSend, TooOften
from leeward.members.waiting import wait_words
from leeward.moderation.actions import settle
from leeward.moderation.becoming import say_what_became, stands_below
from leeward.moderation.pausing import Pause, pause_over, pause_page
from leeward.moderation.phrases import phrases_of


def pause_before(request: Request, other: Member | None, form: forms.Form) -> Pause | None:
    """The pause before words to somebody are sent, unless their writer said that they go as they are.

    Args:
        request: hers who writes.
        other: who reads them; None if that one has left.
        form: valid, with fields `text` and `paused`.
    """
    if "as_it_is" in request.POST:
        return None
    phrases = phrases_of(other) if other else []
    return pause_over(member_of(request), form.cleaned_data["text"], phrases, shown=form.cleaned_data["paused"])


def send_to_other(
    request: Request,
    form: forms.Form,
    *,
    other: Member | None,
    may: bool,
    write: Callable[..., Shared],
    again: Callable[..., HttpResponse],
    here: str,
) -> HttpResponse:
    """Send what a form holds to the other of the two, unless its words are looked at again first.

    Args:
        request: hers who writes.
        form: what she sent, with fields `text`, `notes` and `paused`.
        other: who reads it; None if that one has left.
        may: whether she may write now. Else she is not asked to look again: she could only try out what the other
            would rather not meet.
        write: keeps it, given `by`, `text` and `notes`; raises `MayNotSend`.
        again: the page with a form once more, given the form and its `status`.
        here: the address of the page where the two write.
    """
    if not form.is_valid():
        return again(form, status=422)
    given = form.cleaned_data
    try:
        pause = pause_before(request, other, form) if may else None
        if pause is not None:
            return pause_page(request, form, pause, away=here)
        made = write(by=member_of(request), text=given["text"], notes=given["notes"])
    except MayNotSend as refusal:
        form.add_error(None, str(refusal))
        return again(form, status=422)
    except TooOften as too_often:
        form.add_error(None, wait_words(too_often))
        return again(form, status=429)
    outcome = settle(made)
    say_what_became(request, outcome, made, shown="")
    return redirect(made.get_absolute_url() if stands_below(outcome) else here)
