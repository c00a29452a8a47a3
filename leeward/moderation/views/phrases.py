"""The door to the words that a member would rather not meet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leeward.audience.requests import Request, member_of
from leeward.members.doors import member_required
from leeward.moderation.actions.phrases import keep_phrases
from leeward.moderation.forms.phrases import PhrasesForm
from leeward.moderation.phrases import phrases_of


@member_required
def phrases(request: Request) -> HttpResponse:
    """Words that I would rather not meet in answers."""
    member = member_of(request)
    form = PhrasesForm(request.POST or None, kept=phrases_of(member))
    if request.method == "POST" and form.is_valid():
        keep_phrases(member, form.phrases())
        messages.success(request, _("Kept. It holds from now on."))
        return redirect("moderation:phrases")
    return render(request, "moderation/phrases.html", {"form": form})
