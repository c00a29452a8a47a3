"""The form in which she says what her book holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.kit.excerpts import first_words
from leeward.stories.book.content import whose
from leeward.stories.book.photos import Photos
from leeward.stories.models import Answer, Story

EXCERPT = 90
"""So many signs of an answer are shown beside its tick."""


class BookForm(forms.Form):
    """Whose name stands on it, and which answers are in it: none, unless she ticks them.

    Args:
        story: hers.
        offered: answers that may go in.
        hard: keys of those with words that she would rather not meet: their words are not shown here.
        has_photos: whether there are any.
    """

    name = forms.ChoiceField(
        label=gettext_lazy("Your name"),
        choices=[("yes", gettext_lazy("The name you chose here")), ("no", gettext_lazy("No name"))],
        required=False,  # none said: no name
        widget=forms.RadioSelect,
    )
    photos = forms.ChoiceField(
        label=gettext_lazy("Photos"),
        choices=Photos.choices,
        initial=Photos.COVERED,
        required=False,
        widget=forms.RadioSelect,
    )
    answers = forms.MultipleChoiceField(
        label=gettext_lazy("Answers to keep with it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They are other people's words, given to you. None is in the book unless you tick it."),
    )

    def __init__(
        self,
        *args: Any,
        story: Story,
        offered: Collection[Answer],
        hard: Collection[int],
        has_photos: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = "yes" if story.signed else "no"
        if not has_photos:
            del self.fields["photos"]
        field = self.fields["answers"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(made.ref, _label(made, story, made.pk in hard)) for made in offered]
        if not field.choices:
            del self.fields["answers"]


def photos_said(given: Mapping[str, Any]) -> Photos:
    """How photos are to be in it, as a valid form says; none said: with their covers."""
    return Photos(given.get("photos") or Photos.COVERED)


def _label(made: Answer, story: Story, hard: bool) -> str:
    words = _("has words you would rather not meet") if hard else first_words(made.text, EXCERPT)
    return f"{whose(made, story)}: {words}"
