"""What a reader writes: a report, and what she would rather be spared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.audience.shared import Shared
from leeward.moderation.reasons import REASONS


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
