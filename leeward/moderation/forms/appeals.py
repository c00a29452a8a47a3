"""What a member writes against a decision, and what the one who hears her answers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.moderation.actions.appealing import LONGEST


class ObjectForm(forms.Form):
    """Why she thinks that a decision is wrong, if she likes to say."""

    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("You need not write anything. Whoever looks at it again reads this, and nobody else does."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )


class HearForm(forms.Form):
    """Whether a decision is taken back, and why."""

    granted = forms.TypedChoiceField(
        label=_("What is to be done?"),
        choices=[("yes", _("Take the decision back: all that it did is undone")), ("no", _("Let the decision stand"))],
        coerce=lambda given: given == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Why, as the writer is told"),
        help_text=_("Plain and kind. Answer what she says. Leave out anything that could tell who pointed it out."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say why; the one who objected will read it.")},
    )
