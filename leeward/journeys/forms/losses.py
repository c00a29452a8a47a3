"""One loss as a form: everything optional, as exact as she likes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.journeys.actions.losses import FIELDS
from leeward.journeys.forms.facets import FacetsForm
from leeward.journeys.forms.when import WhenForm, said_kindly
from leeward.journeys.models import MOST_WEEKS, Loss
from leeward.kit.refs import REF_LENGTH, random_ref

_WEEKS = gettext_lazy("We can keep full weeks as a number from 0 to 45. It can also stay empty.")
_DAYS = gettext_lazy("We can keep days from 0 to 6, beside the full weeks. It can also stay empty.")

_NOT_SAID = {"when": ("year", "month", "day"), "weeks": ("weeks", "days")}


class LossForm(WhenForm, FacetsForm):
    """A loss: when, at how many weeks, the questions about it, and words that stay hers."""

    weeks = forms.IntegerField(
        label=gettext_lazy("Full weeks of pregnancy"),
        required=False,
        min_value=0,
        max_value=MOST_WEEKS,
        error_messages=said_kindly(_WEEKS),
    )
    days = forms.IntegerField(
        label=gettext_lazy("And days"), required=False, min_value=0, max_value=6, error_messages=said_kindly(_DAYS)
    )
    not_said = forms.MultipleChoiceField(
        label=gettext_lazy("I'd rather not say"),
        required=False,
        choices=[("when", gettext_lazy("when it was")), ("weeks", gettext_lazy("how many weeks"))],
        widget=forms.CheckboxSelectMultiple,
    )
    own_word = forms.CharField(
        label=gettext_lazy("What you call it"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("If our words do not fit. We will use yours on your pages."),
    )
    name = forms.CharField(
        label=gettext_lazy("A name"), required=False, max_length=60, help_text=gettext_lazy("Only you see it.")
    )
    words = forms.CharField(
        label=gettext_lazy("Anything else, in your own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Only you see it."),
    )

    sent = forms.CharField(required=False, max_length=REF_LENGTH, initial=random_ref, widget=forms.HiddenInput)

    def __init__(self, *args: Any, loss: Loss | None = None, **kwargs: Any) -> None:
        if loss is not None:
            kept = {name: getattr(loss, name) for name in FIELDS}
            kwargs["initial"] = {**kept, "not_said": loss.not_said.split()}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Check that the time is one that has come, and that days have their weeks."""
        cleaned = super().clean()
        if cleaned.get("days") and cleaned.get("weeks") is None:
            self.add_error("weeks", _("For days we need the weeks too. Or leave the days empty."))
        return cleaned

    def has_more(self) -> bool:
        """Whether a question after the first was answered, or needs another look: then they are not folded away."""
        names = [name for facet in self.facets[1:] for name in self.names_of(facet)]
        return any(self[name].value() or self[name].errors for name in names)

    def fields_of_loss(self) -> dict[str, Any]:
        """What the loss itself carries, ready to be kept. Call it on a valid form.

        Of a time and the wish not to say it, the newer one counts.
        """
        chosen = {name: self.cleaned_data.get(name) for name in FIELDS}
        wished = set(self.cleaned_data["not_said"])
        for what, names in _NOT_SAID.items():
            if what not in wished or all(chosen[name] is None for name in names):
                continue
            if what in self.initial.get("not_said", []):
                wished.remove(what)
            else:
                chosen.update(dict.fromkeys(names))
        return {**chosen, "not_said": " ".join(sorted(wished))}
