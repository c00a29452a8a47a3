"""Services of the place's own: beginning one, giving it a place, taking it out of sight."""

from __future__ import annotations

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.library.directory.desk.own import Beginning


class BeginForm(forms.Form):
    """What a service has to begin with."""

    name = forms.CharField(label=_("Name of the service"), max_length=200)
    description = forms.CharField(label=_("What it is"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))
    organization = forms.CharField(label=_("Who gives it"), max_length=200)
    about = forms.CharField(label=_("What they are, in a sentence"), max_length=2_000)
    sent = forms.UUIDField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)

    def beginning(self) -> Beginning:
        """What was written, once the form is valid."""
        return Beginning(**{name: said for name, said in self.cleaned_data.items() if name != "sent"})


class AddPlaceForm(forms.Form):
    """One more place where it is given."""

    name = forms.CharField(label=_("Name of the place"), max_length=200)
    sent = forms.UUIDField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)


class ShownForm(forms.Form):
    """Why a service is no longer shown, or shown again."""

    words = forms.CharField(
        label=_("Why, in a few words"),
        max_length=500,
        help_text=_("Editors read it. It stays with the service."),
        error_messages={"required": _("Please say why: whoever reads it later will want to know.")},
    )
