"""The form in which an author says what one photo shows, whether it is covered, and what is inside."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from leeward.audience.notes import mask_of
from leeward.audience.notes_field import NotesField
from leeward.stories.actions.pictures import Said
from leeward.stories.covers import COVER, COVERS, OPEN, OWN, choice_of
from leeward.stories.models import Picture

WORDS = ("alt", "own")
"""The fields that hold what she writes."""


class PictureForm(forms.Form):
    """What is said of one photo. Nothing is needed but the words of a cover that is in her own words."""

    alt = forms.CharField(
        label=_("What it shows"),
        help_text=_("If you like: for people who cannot see it, who would otherwise know only that there is a photo."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    cover = forms.ChoiceField(
        label=_("A cover"),
        help_text=_("A cover says what is inside, and the photo opens only when somebody asks for it."),
        choices=[
            (OPEN, _("No cover: it stands open")),
            *((cover.key, cover.words) for cover in COVERS),
            (OWN, _("In my own words:")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    own = forms.CharField(label=_("The words on the cover"), required=False, max_length=200)
    notes = NotesField(
        label=_("What is inside"),
        help_text=_("Whoever asked not to meet something is not shown a photo that has it inside."),
    )
    stamp = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, picture: Picture) -> None:
        choice = choice_of(picture.cover)
        begun = {
            "alt": picture.alt,
            "cover": choice,
            "own": picture.cover if choice == OWN else "",
            "notes": [note.key for note in picture.said_notes],
            "stamp": picture.touched_at,
        }
        super().__init__(data, prefix=picture.ref, initial=begun)
        self.picture = picture

    def clean(self) -> dict[str, Any]:
        """A cover in her own words needs words."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("cover") == OWN and not given.get("own"):
            self.add_error("own", _("Say what the cover should say, or choose another one."))
        return given

    def said(self) -> Said:
        """What the form says, once it is valid. A cover that is offered brings its note along."""
        given = self.cleaned_data
        offered = COVER.get(given["cover"])
        words = str(offered.words) if offered else given["own"] if given["cover"] == OWN else ""
        return Said(given["alt"], words, given["notes"] | (mask_of([offered.note]) if offered else 0))

    def changed_elsewhere(self, now: Picture) -> None:
        """Say that another tab has changed it; what was written here stays, and is kept if it is sent again."""
        said = cast("QueryDict", self.data).copy()
        said[self.add_prefix("stamp")] = str(now.touched_at)
        self.data = said
        words = _("This was changed in another tab, to “%(words)s”. If you keep it once more, what stands here counts.")
        self.add_error("alt", words % {"words": now.full_text()})
