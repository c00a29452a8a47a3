"""Which services the list of what is due shows."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.library.directory.models import Source


class NarrowForm(forms.Form):
    """By where they come from, and by words in their names."""

    source = forms.ModelChoiceField(
        label=_("From"), queryset=Source.objects.order_by("name"), required=False, empty_label=_("Any directory")
    )
    name = forms.CharField(
        label=_("Words in the name"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
