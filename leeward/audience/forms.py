"""What a member writes in this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.audience.models import Block
from leeward.audience.notes import NOTES
from leeward.members.models import Member
from leeward.members.names import key_of


class NameForm(forms.Form):
    """Somebody's chosen name, exactly. Whoever is not there and whoever is herself get the same answer.

    Args:
        by: who writes it.
    """

    name = forms.CharField(
        label=_("Chosen name, exactly"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.found: Member | None = None

    def clean_name(self) -> str:
        """The member of this name, as `found`."""
        name: str = self.cleaned_data["name"]
        found = Member.objects.filter(name_key=key_of(name), is_active=True).exclude(pk=self.by.pk).first()
        if found is None:
            raise forms.ValidationError(_("Nobody here can be found under exactly this name."))
        self.found = found
        return name


class ChooseForm(NameForm):
    """Add somebody to the people one chooses. Whom she has blocked herself she is told; who blocked her, never."""

    def clean_name(self) -> str:
        """The member of this name, unless she blocked her."""
        name = super().clean_name()
        if Block.objects.filter(blocker=self.by, blocked=self.found).exists():
            raise forms.ValidationError(_("You blocked this person. Take the block back first."))
        return name


class ShieldForm(forms.Form):
    """Which content notes a member asks not to meet."""

    notes = forms.MultipleChoiceField(
        label=_("Do not show me what has this inside"),
        choices=[(note.key, note.label) for note in NOTES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
