"""The field of a form in which an author says what is inside."""

from __future__ import annotations

from typing import Any

from django import forms

from leeward.audience.notes import NOTES, mask_of


class NotesField(forms.MultipleChoiceField):
    """Which content notes a text has, as a bit mask."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[(note.key, note.label) for note in NOTES], required=False, **kwargs)

    def clean(self, value: Any) -> int:
        """The chosen notes as a bit mask."""
        return mask_of(super().clean(value))
