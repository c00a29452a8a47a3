"""What a greeter writes: on which days she greets."""

from __future__ import annotations

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _


class DaysForm(forms.Form):
    """The days of the week on which a member greets; none is an answer too."""

    days = forms.TypedMultipleChoiceField(
        label=_("On which days do you greet?"),
        help_text=_(
            "On your days the bell tells you when somebody has waited too long. You can change them at any time."
        ),
        choices=[(number, WEEKDAYS[number]) for number in sorted(WEEKDAYS)],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
