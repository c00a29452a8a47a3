"""What the host does about something that is locked."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import end_of_day
from leeward.moderation.models import Locked, StepTaken


class LockedStepForm(forms.Form):
    """One step, with why."""

    what = forms.ChoiceField(label=_("What is to be done?"), widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Until which day?"),
        help_text=_("Only for waiting or keeping: the last day."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    words = forms.CharField(
        label=_("Why, and what was said"),
        help_text=_(
            "It is written down: who asked, to whom it was reported, under which number. "
            "If you give it back, its author reads it: plain and kind words."
        ),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, locked: Locked) -> None:
        super().__init__(data, auto_id=f"{locked.ref}_%s")
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        late = {StepTaken.TELL, StepTaken.QUIET} if locked.told_at is not None else set()
        field.choices = [(step.value, step.label) for step in StepTaken if step not in late]

    def clean(self) -> dict[str, Any]:
        """All but telling its author needs words; waiting and keeping need a day that lies ahead."""
        given: dict[str, Any] = super().clean() or {}
        what, day = given.get("what"), given.get("until")
        if what and what != StepTaken.TELL and not (given.get("words") or "").strip():
            self.add_error("words", _("Say why, in a sentence."))
        needs_day = what in {StepTaken.QUIET, StepTaken.KEEP} and "until" not in self.errors
        if needs_day and (day is None or day <= timezone.localdate()):
            self.add_error("until", _("Choose a day that lies ahead."))
        return given

    def moment(self) -> int | None:
        """The end of the chosen day, microseconds; None without one."""
        day: datetime.date | None = self.cleaned_data.get("until")
        return None if day is None else end_of_day(day)
