"""What the second of two is asked."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.stories.jointly.questions import UpTo


class UpToForm(forms.Form):
    """How far she agrees."""

    up_to = forms.TypedChoiceField(
        label=_("To whom it may be shown at most"),
        choices=UpTo.choices,
        coerce=UpTo,
        initial=UpTo.MEMBERS,
        widget=forms.RadioSelect,
        help_text=_("Whoever wrote it down chooses within that. You can change it at any time; less holds at once."),
    )


class AgreeForm(UpToForm):
    """The same, to the words that she has before her."""

    stamp = forms.IntegerField(widget=forms.HiddenInput)
