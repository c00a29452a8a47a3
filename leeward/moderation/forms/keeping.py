"""What a moderator writes for herself and for other readers: her desk, a note, what she thinks of a case."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.audience.notes import NOTES, mask_of, notes_in
from leeward.moderation.desks import LEAST_A_DAY, MOST_A_DAY
from leeward.moderation.losses import losses_to_choose
from leeward.moderation.models import Desk


class DeskForm(forms.Form):
    """What she is spared, when she is away, and how much a day."""

    notes = forms.MultipleChoiceField(
        label=_("I would rather not read what has this inside"),
        choices=[(note.key, note.label) for note in NOTES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    losses = forms.MultipleChoiceField(
        label=_("I would rather not read of these losses"), required=False, widget=forms.CheckboxSelectMultiple
    )
    away_from = forms.DateField(
        label=_("Away from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    away_until = forms.DateField(
        label=_("Away until"),
        help_text=_("This day included. Left empty: until you change it here."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    daily_cap = forms.IntegerField(
        label=_("So many cases a day are enough for me"),
        help_text=_("Texts under one story that you open together count as one."),
        min_value=LEAST_A_DAY,
        max_value=MOST_A_DAY,
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        kept = {
            "notes": [note.key for note in notes_in(desk.avoids)],
            "losses": desk.avoids_losses,
            "away_from": desk.away_from,
            "away_until": desk.away_until,
            "daily_cap": desk.daily_cap,
        }
        super().__init__(*args, **{"initial": kept, **kwargs})
        losses, field = losses_to_choose(), self.fields["losses"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = losses
        if not losses:
            del self.fields["losses"]

    def clean(self) -> dict[str, Any]:
        """Being away ends after it begins."""
        given: dict[str, Any] = super().clean() or {}
        begins: datetime.date | None = given.get("away_from")
        ends: datetime.date | None = given.get("away_until")
        if begins and ends and ends < begins:
            self.add_error("away_until", _("This day is before the one on which it begins."))
        return given

    def avoids(self) -> int:
        """The notes that she chose, as a bit mask."""
        return mask_of(self.cleaned_data["notes"])


class DebriefForm(forms.Form):
    """A note to herself."""

    words = forms.CharField(label=_("A note to myself"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6}))


class OpinionForm(forms.Form):
    """What a second reader thinks of a case."""

    words = forms.CharField(
        label=_("What do you think of it?"),
        help_text=_("Whoever decides reads this, from “another reader”. The writer never does."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "opinion_%s", **kwargs})  # other forms on the page have words, too


class ConcernForm(forms.Form):
    """A concern: about which accounts, and why."""

    about = forms.CharField(
        label=_("About which accounts?"),
        help_text=_(
            "One on each line: a chosen name, or, for what is not signed, the six letters and digits "
            "by which the case calls its writer."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    words = forms.CharField(
        label=_("What have you noticed?"),
        help_text=_("What you saw, not what you make of it. One other person will read it and write, too."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class SecondWordsForm(forms.Form):
    """What the second person writes of a concern."""

    words = forms.CharField(
        label=_("What do you see?"),
        help_text=_("Also where you see it otherwise."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
