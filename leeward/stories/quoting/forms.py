"""The form of an answer with a passage above it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.stories.forms import AnswerForm
from leeward.stories.models import PASSAGE_LENGTH
from leeward.stories.quoting.passages import as_it_stands
from leeward.stories.quoting.sources import Source


class QuoteForm(AnswerForm):
    """An answer, and the passage that it quotes."""

    passage = forms.CharField(
        label=gettext_lazy("What you quote"),
        max_length=PASSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "data-of-others": True}),
        help_text=gettext_lazy("You can shorten it at the beginning or the end. What stays must be word for word."),
    )

    def __init__(self, *args: Any, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        self.order_fields(["passage", "text"])

    def clean_passage(self) -> str:
        """As it stands in the text that is quoted."""
        stands = as_it_stands(self.cleaned_data["passage"], self.source.text)
        if stands is None:
            raise forms.ValidationError(_("These words do not stand there now. What you quote must be word for word."))
        return stands
