"""What a member wants to hear of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.members.models import Member
from leeward.notifications.kinds import kinds_to_choose
from leeward.notifications.models import Preference


class PreferencesForm(forms.Form):
    """For each kind: on the bell, by letter. Letters are asked about only where she can get them.

    Args:
        member: who chooses.
        letters: whether she can get letters.
    """

    def __init__(self, *args: Any, member: Member, letters: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letters = letters
        self.chosen = {row.kind: row for row in Preference.objects.filter(member=member)}
        self.kinds = kinds_to_choose(member)
        for kind in self.kinds:
            ways = [("bell", _("On the bell"))]
            if letters and kind.by_letter:
                ways.append(("letter", _("By letter")))
            self.fields[kind.key] = forms.MultipleChoiceField(
                label=kind.label,
                choices=ways,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[way for way, _label in ways if self._now(kind.key, way)],
            )

    def choices(self) -> dict[str, tuple[bool, bool]]:
        """For each kind: whether on the bell, whether by letter; what was not asked stays as it was."""
        return {
            kind.key: (
                "bell" in self.cleaned_data[kind.key],
                "letter" in self.cleaned_data[kind.key] if self.letters else self._now(kind.key, "letter"),
            )
            for kind in self.kinds
        }

    def _now(self, key: str, way: str) -> bool:
        row = self.chosen.get(key)
        return True if row is None else bool(getattr(row, way))
