"""Saying that a service is no longer so, and settling it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.library.directory.desk.models import LONGEST_WORDS, Settled, Word, Wrong


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
    word = forms.MultipleChoiceField(widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, words: Iterable[Word], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting = {word_value(word): word for word in words}
        offered: Any = self.fields["word"]
        offered.choices = [(value, value) for value in self._waiting]
        offered.error_messages["invalid_choice"] = _("Another word came, or was settled. Please look again.")

    @property
    def chosen(self) -> list[Word]:
        """The words that she read, once the form is valid."""
        return [self._waiting[value] for value in self.cleaned_data["word"]]


def word_value(word: Word) -> str:
    """What a page sends of a word: which, and as it was said then."""
    return f"{word.pk}-{word.at}"
