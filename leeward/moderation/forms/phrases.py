"""Which words a member would rather not meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leeward.moderation.actions.phrases import LONGEST, MOST_OWN, SHORTEST_KEY
from leeward.moderation.phrases import common_phrases, key_of


class PhrasesForm(forms.Form):
    """What is ticked of the closed list, and her own words, one phrase on each line."""

    common = forms.MultipleChoiceField(
        label=gettext_lazy("Words that many would rather not meet"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own = forms.CharField(
        label=gettext_lazy("In my own words"),
        required=False,
        max_length=MOST_OWN * (LONGEST + 2) * 2,  # room for too many, so that the words about it can be kind
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "One phrase on each line, thirty in all. Capitals, apostrophes and plurals make no difference."
        ),
    )

    def __init__(self, *args: Any, kept: Iterable[str] = (), **kwargs: Any) -> None:
        listed = [entry.words for entry in common_phrases()]
        kept = list(kept)
        own = "\n".join(words for words in kept if words not in listed)
        kwargs["initial"] = {"common": [words for words in kept if words in listed], "own": own}
        super().__init__(*args, **kwargs)
        field = self.fields["common"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(words, words) for words in listed]
        if not listed:
            del self.fields["common"]

    def clean_own(self) -> list[str]:
        """The phrases, none twice."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["own"].splitlines()]
        phrases = {key_of(line): line for line in lines if line}
        for key, line in phrases.items():
            if len(line) > LONGEST:
                raise forms.ValidationError(
                    _("A phrase has %(longest)s letters and spaces at most. This one is longer: %(words)s")
                    % {"longest": LONGEST, "words": line}
                )
            if len(key) < SHORTEST_KEY:
                raise forms.ValidationError(
                    _("A phrase needs %(shortest)s letters or more, or it would stand in every answer: %(words)s")
                    % {"shortest": SHORTEST_KEY, "words": line}
                )
        listed = {key_of(entry.words) for entry in common_phrases()}
        beyond = len(phrases.keys() - listed) - MOST_OWN
        if beyond > 0:
            raise forms.ValidationError(
                ngettext(
                    "Thirty phrases can be kept. Please take %(beyond)s line out; all of them are still here.",
                    "Thirty phrases can be kept. Please take %(beyond)s lines out; all of them are still here.",
                    beyond,
                )
                % {"beyond": beyond}
            )
        return list(phrases.values())

    def phrases(self) -> list[str]:
        """All that she would rather not meet."""
        return [*self.cleaned_data.get("common", []), *self.cleaned_data["own"]]
