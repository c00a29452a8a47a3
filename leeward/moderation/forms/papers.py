"""What the host writes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.moderation.actions.papers import Disclosed
from leeward.moderation.rules import Clause

LONGEST_TITLE = 120
LONGEST_RULE = 1000


class RulesForm(forms.Form):
    """Title and text of every rule, and what changes and why.

    Args:
        clauses: the rules that are in force.
        version: their number.
    """

    why = forms.CharField(
        label=_("What changes, and why"),
        help_text=_("Every member is told that the rules have changed, and reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say in a sentence what changes; members will read it.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, clauses: tuple[Clause, ...], version: int, **kwargs: Any) -> None:
        initial: dict[str, object] = {"seen": version}
        for clause in clauses:
            initial |= {f"title_{clause.key}": str(clause.title), f"text_{clause.key}": str(clause.text)}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.keys = [clause.key for clause in clauses]
        for clause in clauses:
            self.fields[f"title_{clause.key}"] = forms.CharField(label=_("Its name"), max_length=LONGEST_TITLE)
            self.fields[f"text_{clause.key}"] = forms.CharField(
                label=_("What it asks"), max_length=LONGEST_RULE, widget=forms.Textarea(attrs={"rows": 4})
            )

    def said(self) -> dict[str, tuple[str, str]]:
        """Title and text of each rule, by its key, once the form is valid."""
        given = self.cleaned_data
        return {key: (given[f"title_{key}"], given[f"text_{key}"]) for key in self.keys}

    def is_touched(self, key: str) -> bool:
        """Whether a rule was written anew, or has something to look at again: then it stands open."""
        return any(name in self.errors or name in self.changed_data for name in (f"title_{key}", f"text_{key}"))


class HostTextForm(forms.Form):
    """A text of the host's own, and as what its writer confirms it."""

    text = forms.CharField(label=_("The text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 20}))
    role = forms.CharField(
        label=_("Confirmed by"),
        help_text=_(
            "Your role, such as “the trustee for safeguarding”; not your name. Leave it empty while you are still "
            "writing: the page then says that this place has not yet confirmed it."
        ),
        max_length=80,
        required=False,
    )


class RoleForm(forms.Form):
    """As what somebody of the host stands behind something."""

    role = forms.CharField(
        label=_("Your role"),
        help_text=_("Such as “the trustee for safeguarding”; not your name."),
        max_length=80,
        error_messages={"required": _("Say as what you confirm it.")},
    )


class DisclosureForm(forms.Form):
    """One line of the log of disclosures. It has no place for the name of a member."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    authority = forms.CharField(
        label=_("Which authority asked, or was told"),
        help_text=_("The office, such as a court or a police force. No names of people."),
        max_length=200,
    )
    ground = forms.CharField(
        label=_("On what ground"),
        help_text=_("The order and its date, the law, or the danger."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    what = forms.CharField(
        label=_("What it was about"),
        help_text=_("Which kinds of data, such as “a chosen name and the day of joining”. Nobody’s name and no words."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    given = forms.ChoiceField(
        label=_("Was something given?"),
        choices=[("yes", _("Yes")), ("no", _("No: it was refused, or there was nothing to give"))],
        widget=forms.RadioSelect,
    )
    member_told = forms.CharField(
        label=_("When the member was told, or why not yet"),
        help_text=_("A member is told unless the law forbids it or it would put someone in danger."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_on(self) -> Any:
        """A day that has been."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def line(self) -> Disclosed:
        """What the form says, once it is valid."""
        said = self.cleaned_data
        return Disclosed(**{**said, "given": said["given"] == "yes"})
