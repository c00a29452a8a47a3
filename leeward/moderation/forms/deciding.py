"""What a moderator writes when she decides, and when she takes a decision back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.moderation.actions.deciding import Ruling
from leeward.moderation.models import RESTRICTIONS, Act
from leeward.moderation.rules import clauses_in_force

NEEDS_TWO = "honest"
"""The rule about made-up losses and several accounts: what touches it is seen by two people."""

_DAYS = (
    ("3", _("three days")),
    ("7", _("a week")),
    ("30", _("thirty days")),
    ("90", _("ninety days")),
    ("", _("until it is taken back")),
)


class DecisionForm(forms.Form):
    """One decision on a case. A restriction needs a rule and the facts; a word to the writer needs words."""

    act = forms.ChoiceField(label=_("What is to be done?"), widget=forms.RadioSelect)
    clause = forms.ChoiceField(label=_("Which rule does it rest on?"), required=False)
    reason = forms.CharField(
        label=_("What the writer is told"),
        help_text=_(
            "Plain and kind: what happened, and how it meets the rule. "
            "Leave out who pointed it out, and anything that could tell."
        ),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    days = forms.ChoiceField(label=_("How long does the pause last?"), choices=_DAYS, required=False, initial="7")
    law = forms.CharField(
        label=_("Which law?"),
        help_text=_("Only where the law itself is the reason: its name, and the article."),
        required=False,
        max_length=300,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, acts: list[Act], two_have_read: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.two_have_read = two_have_read
        clauses = [("", _("No rule")), *((clause.key, clause.title) for clause in clauses_in_force())]
        for name, choices in (("act", [(act.value, act.label) for act in acts]), ("clause", clauses)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        if Act.PAUSE not in acts:
            del self.fields["days"]

    def ruling(self) -> Ruling:
        """What the form says, once it is valid."""
        given = self.cleaned_data
        days = given.get("days")
        return Ruling(Act(given["act"]), given["clause"], given["reason"], given["law"], int(days) if days else None)

    def clean(self) -> dict[str, Any]:
        """A restriction needs a rule and the facts."""
        given: dict[str, Any] = super().clean() or {}
        act, clause = given.get("act"), given.get("clause")
        if act == Act.LOCK:  # it must be quick: the host does what is slow
            return given
        if act in RESTRICTIONS:
            self._check_clause(clause, (given.get("law") or "").strip())
        if act in RESTRICTIONS | {Act.WORD} and not (given.get("reason") or "").strip():
            self.add_error("reason", _("Say what happened; the writer will read it."))
        return given

    def _check_clause(self, clause: str | None, law: str) -> None:
        if not clause and "clause" not in self.errors:
            self.add_error("clause", _("Say which rule it rests on."))
        if clause == "law" and not law:
            self.add_error("law", _("Say which law it is."))
        if clause == NEEDS_TWO and not self.two_have_read:
            self.add_error(
                "clause", _("What touches this rule is read by two people. Ask another reader first; nothing is lost.")
            )


class GroupForm(DecisionForm):
    """One decision for several texts under one story. What touches the rule that needs two people is decided alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, acts=[act for act in Act if act not in {Act.LIFT, Act.WORD, Act.LOCK}], **kwargs)
        del self.fields["seen"]


class TakeBackForm(forms.Form):
    """Why a decision is taken back."""

    reason = forms.CharField(
        label=_("Why, as the writer is told"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "back_%s", **kwargs})  # the form of the decision has a reason, too
