"""Saying that a service is no longer so, and settling it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.library.directory.desk.models import LONGEST_WORDS, Settled, Wrong


class ToldForm(forms.Form):
    """What is no longer so, and a few words."""

    what = forms.ChoiceField(
        label=_("What is no longer so?"),
        choices=Wrong.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one. “Something else” is fine.")},
    )
    words = forms.CharField(
        label=_("A few words, if you like"),
        max_length=LONGEST_WORDS,
        required=False,
        help_text=_("What you found instead helps most. Please leave out what is about you."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SettleForm(forms.Form):
    """What became of the words that wait for a service."""

    outcome = forms.ChoiceField(
        label=_("What became of it?"),
        choices=Settled.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say what became of it.")},
    )
    word = forms.TypedMultipleChoiceField(coerce=int, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: object, words: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they come
        waiting = self.fields["word"]
        assert isinstance(waiting, forms.TypedMultipleChoiceField)
        waiting.choices = [(one, str(one)) for one in words]
        waiting.error_messages["invalid_choice"] = _("Another word came, or was settled. Please look again.")
