"""What she can say on the page of who is near: for this one time, and what counts for her."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from leeward.journeys.facts import Pair
from leeward.journeys.shown import say_pair
from leeward.journeys.weighing import QUESTIONS, Counts

WORDS_LENGTH = 2_000
"""Longest text in her own words, in characters."""


class _Offered(forms.MultipleChoiceField):
    """Some of what is offered. What is offered no longer, because her words are others now, is passed over."""

    offered: Sequence[tuple[str, str]] = ()

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these."""
        self.offered = self.choices = choices

    def clean(self, value: Any) -> list[str]:
        """Those that are offered."""
        keys = {key for key, _label in self.offered}
        return [str(key) for key in value or [] if str(key) in keys]


class LookForm(forms.Form):
    """Look once more, this one time: by her own words, with facts that they say, without questions of her journey.

    Args:
        questions: what can be left out: the questions that she answered.
        seems: the facts that her words seem to say, each with those words.
    """

    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("Used to order this one page. They are kept nowhere, and nobody reads them."),
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    use = _Offered(
        label=_("You seem to say"),
        help_text=_("Tick what is so, and it counts this time. Your journey is not changed."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    without = _Offered(
        label=_("Leave out this time"),
        help_text=_("With one fact less, others may come nearer."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, questions: Iterable[str], seems: Sequence[tuple[Pair, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("use", [(":".join(pair), _seems_said(pair, words)) for pair, words in seems], least=1)
        self._offer("without", [(key, capfirst(str(QUESTIONS[key]))) for key in questions], least=2)

    def _offer(self, name: str, choices: list[tuple[str, str]], *, least: int) -> None:
        field = self.fields[name]
        assert isinstance(field, _Offered)
        field.offer(choices)
        if len(choices) < least:
            del self.fields[name]


class CountsForm(forms.Form):
    """What counts for her: each question that she answered more, as usual, or not at all.

    Args:
        questions: their keys.
        said: what she said of them before.
    """

    def __init__(self, *args: Any, questions: Iterable[str], said: Mapping[str, Counts], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in questions:
            self.fields[key] = forms.ChoiceField(
                label=capfirst(str(QUESTIONS[key])),
                choices=Counts.choices,
                initial=said.get(key, Counts.AS_USUAL),
                required=False,
            )

    def counts(self) -> dict[str, Counts]:
        """What she says of each question that was sent."""
        return {key: Counts(said) for key, said in self.cleaned_data.items() if said}


def _seems_said(pair: Pair, words: str) -> str:
    said = capfirst(say_pair(pair))
    return f"{said} (“{words}”)" if words else said
