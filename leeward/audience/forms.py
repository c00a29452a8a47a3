"""What a member writes in this room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leeward.audience.models import Block
from leeward.audience.notes import NOTES, ContentNote, mask_of, notes_in
from leeward.audience.panel import Reason, reasons_for
from leeward.audience.shields import ALL_NOTES, Kept, kept_of
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
    """Which content notes a member asks not to meet; each says whether by her hand or because of what she told.

    Args:
        member: whose.
    """

    notes = forms.MultipleChoiceField(
        label=_("Do not show me what has this inside"), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.kept = kept_of(member)
        ticked = [note.key for note in notes_in(self.kept.notes)]
        kwargs["initial"] = {"notes": ticked, "seen": self.kept.notes}
        super().__init__(*args, **kwargs)
        reasons = reasons_for(member)
        choices = [(note.key, _labelled(note, self.kept, reasons)) for note in NOTES]
        cast(forms.MultipleChoiceField, self.fields["notes"]).choices = choices

    def to_spare(self) -> int:
        """The bits that she has ticked since the page was made."""
        return mask_of(self.cleaned_data["notes"]) & ~self._seen()

    def to_show(self) -> int:
        """The bits from which she has taken the tick since the page was made."""
        return self._seen() & ~mask_of(self.cleaned_data["notes"])

    def _seen(self) -> int:
        """What was ticked on her page. What has followed her journey since then she has neither ticked nor not."""
        seen = self.cleaned_data["seen"]
        return self.kept.notes if seen is None else seen & ALL_NOTES


def _labelled(note: ContentNote, kept: Kept, reasons: Sequence[Reason]) -> str:
    because = next((reason.words for reason in reasons if reason.notes & note.bit), "")
    if note.bit & kept.by_hand & kept.notes:
        return gettext("%(note)s (as you asked)") % {"note": note.label}
    if note.bit & kept.notes:
        because = because or gettext("of what you told us")
        return gettext("%(note)s (because %(why)s)") % {"note": note.label, "why": because}
    if note.bit & kept.by_hand and because:
        return gettext("%(note)s (shown, as you wished)") % {"note": note.label}
    return str(note.label)
