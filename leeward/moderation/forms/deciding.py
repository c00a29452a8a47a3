"""What a moderator writes when she decides, and when she takes a decision back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.moderation.actions.deciding import Ruling
from leeward.moderation.models import RESTRICTIONS, Act
from leeward.moderation.rules import RULES


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
