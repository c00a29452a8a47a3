"""What a reporter and a moderator write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.audience.shared import Shared
from leeward.moderation.actions.deciding import Ruling
from leeward.moderation.models import RESTRICTIONS, Act
from leeward.moderation.reasons import REASONS
from leeward.moderation.rules import RULES


class ReportForm(forms.Form):
    """A reason, and words if she likes. Each reason is a button, so that a report is two taps."""

    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("You need not write anything."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(reason.key, reason.label) for reason in REASONS],
        error_messages={"required": _("Choose what comes nearest.")},
    )


class HideSuchForm(forms.Form):
    """What to be spared of a thing that hurts."""

    notes = forms.MultipleChoiceField(
        label=_("Do not show me what has this inside"), required=False, widget=forms.CheckboxSelectMultiple
    )
    this_one = forms.BooleanField(label=_("Do not show me this one again"), required=False, initial=True)
    writer = forms.BooleanField(label=_("Do not show me what this person signs"), required=False)

    def __init__(self, *args: Any, thing: Shared, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        notes = thing.content_notes
        field = self.fields["notes"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(note.key, note.label) for note in notes]
        if not notes:
            del self.fields["notes"]
        if not thing.signed or thing.author_id is None:
            del self.fields["writer"]


class DecisionForm(forms.Form):
    """One decision on a case. A restriction needs a rule and the facts."""

    act = forms.ChoiceField(label=_("What is to be done?"), widget=forms.RadioSelect)
    clause = forms.ChoiceField(
        label=_("Which rule?"),
        choices=[("", _("No rule")), *((clause.key, clause.title) for clause in RULES)],
        required=False,
        help_text=_("Needed if something is taken from the writer."),
    )
    reason = forms.CharField(
        label=_("The facts, as the writer is told"),
        help_text=_(
            "Plain and kind: what in it meets the rule. Leave out who reported it, and anything that could tell."
        ),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, acts: list[Act], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["act"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(act.value, act.label) for act in acts]

    def ruling(self) -> Ruling:
        """What the form says, once it is valid."""
        given = self.cleaned_data
        return Ruling(Act(given["act"]), given["clause"], given["reason"])

    def clean(self) -> dict[str, Any]:
        """A restriction needs a rule and the facts."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("act") in RESTRICTIONS:
            if not given.get("clause"):
                self.add_error("clause", _("Say which rule it rests on."))
            if not (given.get("reason") or "").strip():
                self.add_error("reason", _("Say what happened; the writer will read it."))
        return given


class TakeBackForm(forms.Form):
    """Why a decision is taken back."""

    reason = forms.CharField(
        label=_("Why, as the writer is told"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
