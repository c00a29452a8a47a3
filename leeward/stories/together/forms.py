"""What is chosen and written where a draft is read by one person first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.audience.notes_field import NotesField
from leeward.members.models import Member
from leeward.stories.models import REMARK_LENGTH
from leeward.stories.together.handing import LONGEST


class HandOverForm(forms.Form):
    """To whom a draft is handed, for how long, and what is inside.

    Args:
        people: those whom its author chose, each with the name that she knows.
    """

    to = forms.ChoiceField(label=_("Who reads it first"), widget=forms.RadioSelect)
    days = forms.TypedChoiceField(
        label=_("For how long"),
        choices=[(3, _("Three days")), (7, _("A week")), (LONGEST, _("Thirty days"))],
        coerce=int,
        initial=7,
        widget=forms.RadioSelect,
        help_text=_("Then it is there no more. Whoever reads it is not told the day, and you can end it before."),
    )
    notes = NotesField(
        label=_("What is inside"), help_text=_("It is named before anything opens, so that a person can choose.")
    )
    stamp = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Sequence[tuple[Member, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {member.ref: member for member, _name in people}
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = [(member.ref, name) for member, name in people]

    def reader(self) -> Member:
        """Whom she chose."""
        return self._people[self.cleaned_data["to"]]


class RemarkForm(forms.Form):
    """Words about a draft to the other of the two."""

    text = forms.CharField(label=_("Your words"), max_length=REMARK_LENGTH, widget=forms.Textarea(attrs={"rows": 6}))
    notes = NotesField(label=_("What is inside"))
    paused = forms.CharField(required=False, widget=forms.HiddenInput)  # moderation.pausing
