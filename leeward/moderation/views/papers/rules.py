"""The host's doors to the rules of the house."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leeward.audience.requests import Request, member_of
from leeward.members.doors import host_required
from leeward.moderation.actions.papers import NothingChangedError, RulesChangedMeanwhile, change_rules
from leeward.moderation.forms.papers import RulesForm
from leeward.moderation.rules import clauses_in_force, rules_in_force


@require_http_methods(["GET", "HEAD", "POST"])
@host_required
def change(request: Request) -> HttpResponse:
    """Write the rules anew: a new version, told to everyone."""
    clauses, version = clauses_in_force(), rules_in_force()
    form = RulesForm(request.POST if request.method == "POST" else None, clauses=clauses, version=version)
    if form.is_bound and form.is_valid() and _change(request, form):
        messages.success(request, _("The new rules are in force. Every member is told."))
        return redirect("web:rules")
    context = {"form": form, "clauses": clauses, "version": version}
    return render(request, "moderation/papers/rules.html", context)


def _change(request: Request, form: RulesForm) -> bool:
    """Do what the form says; whether it was done. What keeps it from being done stands on the form."""
    given = form.cleaned_data
    try:
        change_rules(form.said(), by=member_of(request), why=given["why"], seen=given["seen"])
    except NothingChangedError:
        form.add_error(None, _("The rules say what they said before: nothing was changed."))
    except RulesChangedMeanwhile:
        form.add_error(None, _("Somebody else has changed the rules meanwhile. What is in force is at /rules/."))
        form.data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict: what she sends next has seen them
        form.data["seen"] = str(rules_in_force())  # type: ignore[index]  # the same
    else:
        return True
    return False
