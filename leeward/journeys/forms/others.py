"""The welcome, who she is, faith, what has changed, and words of her own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.journeys.changes import CHANGES
from leeward.journeys.countries import countries
from leeward.journeys.forms.facets import FacetsForm
from leeward.journeys.models import ChildWord, Journey
from leeward.journeys.terms import RATHER_NOT_SAY
from leeward.kit.refs import REF_LENGTH, random_ref
from leeward.members.consent_words import CONSENTS
from leeward.members.models import Purpose


class WelcomeForm(forms.Form):
    """What she agrees to, each on its own, in the words that count. Only the first is needed to go on."""

    def __init__(self, *args: Any, agreed: Collection[Purpose] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for words in CONSENTS:
            if words.purpose in agreed:
                continue
            self.fields[words.purpose.value] = forms.BooleanField(
                label=words.title,
                help_text=f"{words.agrees} {words.without}",
                required=words.purpose == Purpose.JOURNEY,
                error_messages={
                    "required": _("Nothing is kept unless you agree. You can read and tell stories without it.")
                },
            )

    def agreed(self) -> set[Purpose]:
        """The purposes that were ticked. Call it on a valid form."""
        return {purpose for purpose in Purpose if self.cleaned_data.get(purpose.value)}


class YouForm(FacetsForm):
    """Who she is in this, where she lives, and the word for the one she lost."""

    country = forms.ChoiceField(
        label=gettext_lazy("Where do you live?"),
        required=False,
        help_text=gettext_lazy(
            "Places use different words for a loss. We use those of yours, unless you choose your own."
        ),
    )
    word = forms.ChoiceField(
        label=gettext_lazy("What do you call the one you lost?"),
        required=False,
        choices=[*ChildWord.choices, ("", gettext_lazy("Leave it open"))],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("We will use this word when we speak to you."),
    )
    own_word = forms.CharField(label=gettext_lazy("My own word"), required=False, max_length=60)

    def __init__(self, *args: Any, journey: Journey | None, **kwargs: Any) -> None:
        if journey is not None:
            kwargs["initial"] = {"country": journey.country, "word": journey.word, "own_word": journey.own_word}
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        assert isinstance(country, forms.ChoiceField)
        country.choices = [("", _("Leave it open")), (RATHER_NOT_SAY, _("I'd rather not say")), *countries()]

    def clean(self) -> dict[str, Any]:
        """A word of her own counts as the choice of it."""
        cleaned = super().clean()
        if cleaned.get("own_word") and not cleaned.get("word"):
            cleaned["word"] = ChildWord.OWN
        if cleaned.get("word") == ChildWord.OWN and not cleaned.get("own_word"):
            self.add_error("own_word", _("Which word is it? Or choose another answer above."))
        return cleaned


class FaithForm(FacetsForm):
    """Questions of faith, with the agreement that they need."""

    agree = forms.BooleanField(
        label=gettext_lazy("Keep what I say of faith"),
        required=False,
        help_text=gettext_lazy("Only you see it. You can take this back at any time, and it is erased."),
    )

    def clean(self) -> dict[str, Any]:
        """Say kindly that without the agreement nothing can be kept."""
        cleaned = super().clean()
        if not cleaned.get("agree") and any(
            cleaned.get(name) for facet in self.facets for name in self.names_of(facet)
        ):
            self.add_error("agree", _("To keep this we need your agreement. Or skip this step, and nothing is kept."))
        return cleaned


class ChangedForm(forms.Form):
    """Something has changed: one question, and who learns of it."""

    what = forms.ChoiceField(
        label=gettext_lazy("What has changed?"),
        choices=[(change.key, change.label) for change in CHANGES],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what has changed, or go back; nothing is changed then.")},
    )
    words = forms.CharField(
        label=gettext_lazy("In my own words"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Only needed for something else. Only you see it."),
    )
    tell_chosen = forms.BooleanField(
        label=gettext_lazy("Let the people I chose know"),
        required=False,
        help_text=gettext_lazy("If you leave this empty, nobody learns of it."),
    )

    sent = forms.CharField(required=False, max_length=REF_LENGTH, initial=random_ref, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Something else needs her words: nothing else says what it is."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("what") == "something_else" and not cleaned.get("words"):
            self.add_error(
                "words", _("Say it in a few words, so that we can show it to you instead of what was before.")
            )
        return cleaned


class WordForm(forms.Form):
    """A word of hers in place of one of ours."""

    word = forms.CharField(
        label=gettext_lazy("My word for it"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Leave it empty to have our word back."),
    )
