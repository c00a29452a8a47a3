"""The form by which the host confirms."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from leeward.library.standing import Confirmable


class ConfirmForm(forms.Form):
    """Which lines were checked, and by whom. What changed since the page was opened is not taken as checked."""

    name = forms.CharField(
        label=_("Your own name"),
        max_length=80,
        help_text=_("Everyone who looks for help will see it beside what you confirmed, with the date."),
        error_messages={"required": _("Please give the name of the person who checked.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, data: QueryDict | None = None, *, things: Iterable[Confirmable] = ()) -> None:
        super().__init__(data)
        self._things = {checked_value(thing): thing for thing in things}
        self._checked: list[str] = data.getlist("checked") if data is not None else []

    @property
    def checked(self) -> list[Confirmable]:
        """What was ticked and still stands as it stood when it was read."""
        return [self._things[value] for value in self._checked if value in self._things]

    def is_ticked(self, thing: Confirmable) -> bool:
        """Whether it was ticked, to keep the tick when the form comes back."""
        return checked_value(thing) in self._checked

    def clean(self) -> None:
        """Ask for at least one, and say if something changed meanwhile."""
        if any(value not in self._things for value in self._checked):
            raise forms.ValidationError(_("Something changed since you opened this page. Please read it again."))
        if not self._checked:
            raise forms.ValidationError(_("Nothing is ticked. Tick each line that you checked."))


def checked_value(thing: Confirmable) -> str:
    """What the tick box of a line sends: its key and exactly this content."""
    return f"{thing.key}:{thing.fingerprint}"
