"""The field in which an author says until which day her story is shown."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_lazy

from leeward.stories.ends import LONGEST


def _help() -> str:
    return gettext(
        "Leave it empty if it is to stay. Else it is shown until the end of this day, by the clock of this place "
        "(%(zone)s). From then on only you see it; nothing is deleted. You are told a week and a day before."
    ) % {"zone": settings.TIME_ZONE}


class LastDayField(forms.DateField):
    """A day until whose end something is shown: optional, and not one that is over."""

    def __init__(self) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        label = gettext_lazy("Until a day")
        super().__init__(required=False, widget=widget, label=label, help_text=lazy(_help, str)())

    def clean(self, value: Any) -> datetime.date | None:
        """The day, if there is one."""
        day: datetime.date | None = super().clean(value)
        if day is None:
            return None
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(gettext("This day is over. Choose one to come, or leave it empty."))
        if day.year > today.year + LONGEST:
            raise forms.ValidationError(gettext("This day is very far away. Leave it empty if your story is to stay."))
        return day
