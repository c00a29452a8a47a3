"""One loss as a form: everything optional, as exact as she likes."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.journeys.actions.losses import FIELDS
from leeward.journeys.forms.facets import FacetsForm
from leeward.journeys.models import MOST_WEEKS, Loss, today
from leeward.kit.refs import REF_LENGTH, random_ref

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FIRST_YEAR = 1930
"""Earliest year that can be said: people come back to a loss after many decades."""

_MONTHS = [("", gettext_lazy("Not said")), *((str(number), name) for number, name in MONTHS.items())]

_YEAR = gettext_lazy("We can keep a year from 1930 on, in four digits. It can also stay empty.")
_DAY = gettext_lazy("We can keep a day from 1 to 31. It can also stay empty.")
_WEEKS = gettext_lazy("We can keep full weeks as a number from 0 to 45. It can also stay empty.")
_DAYS = gettext_lazy("We can keep days from 0 to 6, beside the full weeks. It can also stay empty.")

_NOT_SAID = {"when": ("year", "month", "day"), "weeks": ("weeks", "days")}


def _said_kindly(words: _StrPromise) -> dict[str, _StrPromise]:
    return dict.fromkeys(("invalid", "min_value", "max_value"), words)


class LossForm(FacetsForm):
    """A loss: when, at how many weeks, the questions about it, and words that stay hers."""

    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        required=False,
        min_value=FIRST_YEAR,
        error_messages=_said_kindly(_YEAR),
    )
    month = forms.TypedChoiceField(
        label=gettext_lazy("Month"), required=False, choices=_MONTHS, coerce=int, empty_value=None
    )
    day = forms.IntegerField(
        label=gettext_lazy("Day"), required=False, min_value=1, max_value=31, error_messages=_said_kindly(_DAY)
    )
    weeks = forms.IntegerField(
        label=gettext_lazy("Full weeks of pregnancy"),
        required=False,
        min_value=0,
        max_value=MOST_WEEKS,
        error_messages=_said_kindly(_WEEKS),
    )
    days = forms.IntegerField(
        label=gettext_lazy("And days"), required=False, min_value=0, max_value=6, error_messages=_said_kindly(_DAYS)
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
        """Check that what was said of the time is a time, and that it has come."""
        cleaned = super().clean()
        year, month, day = (cleaned.get(name) for name in ("year", "month", "day"))
        if day and not month:
            self.add_error("month", _("For a day we need its month too. Or leave the day empty."))
        elif month and not year:
            self.add_error("year", _("For a month we need its year too. Or leave the month empty."))
        elif year and not _has_come(year, month, day):
            self.add_error("day" if day else "year", _("There is no such day in the past."))
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


def _has_come(year: int, month: int | None, day: int | None) -> bool:
    try:
        return datetime.date(year, month or 1, day or 1) <= today()
    except (ValueError, OverflowError):  # a year of twenty digits is no date at all
        return False
