"""The living style page: every component in every state, with invented words."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from leeward.audience.requests import Request


class Sample(forms.Form):
    """One field of each kind, as the place's forms use them."""

    name = forms.CharField(
        label=_("A short text"), help_text=_("A hint stands between the label and the field."), max_length=40
    )
    passphrase = forms.CharField(
        label=_("A passphrase"), widget=forms.PasswordInput(attrs={"autocomplete": "off"}), required=False
    )
    weeks = forms.IntegerField(label=_("A number"), help_text=_("About is enough."), required=False, max_value=45)
    since = forms.DateField(label=_("A date"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    country = forms.ChoiceField(
        label=_("One of many"),
        choices=[("", _("I'd rather not say")), ("ie", _("Ireland")), ("nz", _("New Zealand"))],
        required=False,
    )
    readers = forms.ChoiceField(
        label=_("One of a few"),
        help_text=_("Only you can see it until you choose."),
        choices=[("me", _("Only me")), ("members", _("Members")), ("all", _("Everyone"))],
        widget=forms.RadioSelect,
    )
    inside = forms.MultipleChoiceField(
        label=_("Several"),
        choices=[("scan", _("A scan")), ("birth", _("A birth told in detail")), ("living", _("A living baby"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    shown = forms.MultipleChoiceField(
        label=_("Several of many, folded"),
        choices=[("scan", _("A scan")), ("birth", _("A birth told in detail")), ("living", _("A living baby"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = forms.CharField(label=_("A long text"), widget=forms.Textarea(attrs={"rows": 5}), required=False)
    agreed = forms.BooleanField(label=_("One thing to agree to"), help_text=_("What it means, in one line."))


class Bare(forms.Form):
    """The two fields of the example whose form has errors."""

    title = forms.CharField(label=_("What to call it"), max_length=10)
    answer = forms.ChoiceField(
        label=_("May others answer"), choices=[("y", _("Yes")), ("n", _("No"))], widget=forms.RadioSelect
    )
    rules = forms.BooleanField(label=_("I have read the house rules"))


def style(request: Request) -> HttpResponse:
    """Show every component in every state."""
    sample = Sample(initial={"readers": "me", "shown": ["scan"]}, auto_id="sample_%s")
    faulty = Bare({"title": "Longer than ten letters"}, auto_id="faulty_%s")
    return render(request, "web/style.html", {"sample": sample, "faulty": faulty})
