"""The forms of this room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.audience.notes_field import NotesField
from leeward.circles.lights import can_be_waited_for
from leeward.circles.models import LINE_LENGTH, NOTE_LENGTH, PRESENCE_LENGTH, FoundBy
from leeward.circles.shown import CannotBeFoundSo, Wish, rings_for
from leeward.journeys.facts import Pair
from leeward.journeys.shown import offered_pairs
from leeward.journeys.summary import choices_in_words
from leeward.members.models import Member

_FIRST = ("kind", "weeks", "path", "now", "relation", "count", "cause", "diagnosis")
"""The questions by which people look for each other; the others stand folded."""


class FoundForm(forms.Form):
    """As what and by whom a member is found."""

    text = forms.CharField(
        label=_("A few words about yourself"),
        required=False,
        max_length=PRESENCE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("If you like. It can stay empty. Leave out what would tell a stranger who you are or where."),
    )
    facts = forms.MultipleChoiceField(
        label=_("What is shown of you"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "People in the same place find you by these. What you leave out stays with you. If you told a story "
            "without your name, the same facts in both places can tell that it is yours."
        ),
    )
    found_by = forms.ChoiceField(
        label=_("Who may find you"),
        choices=[
            (FoundBy.SAME_WAY, _("People on the same way")),
            (FoundBy.MEMBERS, _("All members")),
            (
                FoundBy.LET_IN,
                _("Somebody I know may be here: I look first, and let people find me one by one"),
            ),
        ],
        widget=forms.RadioSelect,
        help_text=_(
            "On the same way are members who said the same of themselves at least seven days ago. Nobody checks what "
            "people say of themselves. Whom you write to can see this page of yours too."
        ),
    )
    notes = NotesField(label=_("What is inside"), help_text=_("What belongs to the facts above is added by itself."))
    agree = forms.BooleanField(
        label=_("I agree that people whom I choose here find me by what is shown above, with the name I chose.")
    )

    def __init__(self, *args: Any, member: Member, shown: Iterable[Pair], agreed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        if agreed:
            del self.fields["agree"]
        _choose(self, "facts", member, offered_pairs(member, shown))

    def clean(self) -> dict[str, Any]:
        """Refuse choices by which nobody could find her, saying why."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "found_by" in cleaned:
            try:
                rings_for(self.member, FoundBy(cleaned["found_by"]), _pairs(cleaned.get("facts", [])))
            except CannotBeFoundSo as reason:
                self.add_error("found_by", str(reason))
        return cleaned

    def wish(self) -> Wish:
        """What was chosen."""
        given = self.cleaned_data
        return Wish(
            given["text"].strip(), FoundBy(given["found_by"]), frozenset(_pairs(given.get("facts", []))), given["notes"]
        )


class NoteForm(forms.Form):
    """A first note to somebody."""

    text = forms.CharField(label=_("Your note"), max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 7}))
    notes = NotesField(label=_("What is inside"))
    paused = forms.CharField(required=False, widget=forms.HiddenInput)  # moderation.pausing
    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # that she had the page before her


class LineForm(forms.Form):
    """A message to somebody whom she met."""

    text = forms.CharField(label=_("Your words"), max_length=LINE_LENGTH, widget=forms.Textarea(attrs={"rows": 5}))
    notes = NotesField(label=_("What is inside"))
    paused = forms.CharField(required=False, widget=forms.HiddenInput)  # moderation.pausing


class LightForm(forms.Form):
    """For whom a light is left on."""

    facts = forms.MultipleChoiceField(
        label=_("For somebody of whom all of this is true"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The fewer you tick, the sooner somebody comes. Weeks count within two."),
    )
    more = forms.MultipleChoiceField(
        label=_("And of whom this is true, too"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = can_be_waited_for(member)
        first = sorted((pair for pair in offered if pair[0] in _FIRST), key=lambda pair: _FIRST.index(pair[0]))
        _choose(self, "facts", member, first)
        _choose(self, "more", member, [pair for pair in offered if pair[0] not in _FIRST])

    def clean(self) -> dict[str, Any]:
        """One fact or more."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not (cleaned.get("facts") or cleaned.get("more")):
            wanting = "facts" if "facts" in self.fields else "more" if "more" in self.fields else None
            self.add_error(wanting, _("Tick one or more, so that the light knows for whom it is on."))
        return cleaned

    def pairs(self) -> list[Pair]:
        """What was ticked."""
        return _pairs([*self.cleaned_data.get("facts", []), *self.cleaned_data.get("more", [])])


def said(pairs: Iterable[Pair]) -> list[str]:
    """Pairs as a form holds them."""
    return ["=".join(pair) for pair in pairs]


def _pairs(chosen: Iterable[str]) -> list[Pair]:
    split = (one.partition("=") for one in chosen)
    return [(facet, key) for facet, _sign, key in split]


def _choose(form: forms.Form, name: str, member: Member, pairs: list[Pair]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.MultipleChoiceField)
    field.choices = [("=".join(pair), words) for pair, words in choices_in_words(member, pairs)]
    if not pairs:
        del form.fields[name]
