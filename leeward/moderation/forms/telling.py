"""What two moderators say to somebody who was threatened or exposed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TellingForm(forms.Form):
    """What is said to the person at whom it was aimed."""

    words = forms.CharField(
        label=_("What she is told"),
        help_text=_(
            "Say plainly that something was written, what kind of thing, and why she is told. "
            "Do not repeat the words, and do not guess who wrote them."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write what she is to read.")},
    )
