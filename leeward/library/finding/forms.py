"""What is looked for among services: by sending, so that nothing of it stands in an address."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _

from leeward.library.finding import gazetteer
from leeward.library.finding.finder import MOST
from leeward.library.finding.gazetteer import Found
from leeward.library.finding.journey import Told
from leeward.library.finding.models import OtherTerm, SpokenLanguage
from leeward.library.finding.sought import Sought
from leeward.library.finding.terms import AUDIENCES, NEEDS
from leeward.library.finding.words import LONGEST, read_words

PAGE = 20
DISTANCES = (5, 10, 25, 50, 100, 200)
USUAL = 25
MOST_TERMS = 60
"""So many terms of other taxonomies are offered to choose from, those that most services have."""
MOST_LANGUAGES = 200
NEAR, REMOTE = "near", "remote"
WAYS = (
    ("", gettext_lazy("Either")),
    (NEAR, gettext_lazy("A place I can go to")),
    (REMOTE, gettext_lazy("By telephone or online")),
)


class Typed(forms.CharField):
    """Words of any length, of which the beginning is read, without what no keyboard writes."""

    def to_python(self, value: Any) -> str:
        """Its beginning."""
        return str(super().to_python(value)).replace("\0", " ").strip()[:LONGEST]


class FindForm(forms.Form):
    """The choices of the page. Which of two places of one name is meant is asked where it has to be.

    Args:
        told: what she told in her journey; None for whoever has none.
    """

    need = forms.ChoiceField(
        label=gettext_lazy("What do you need?"),
        required=False,
        choices=[("", gettext_lazy("Anything")), *NEEDS.items()],
    )
    words = Typed(
        label=gettext_lazy("In your words"),
        help_text=gettext_lazy("If you like: a name, a thing, what it is about."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    place = Typed(
        label=gettext_lazy("Near where?"),
        help_text=gettext_lazy("A town or a postcode. It is looked up here and sent nowhere."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    which = forms.CharField(required=False, widget=forms.HiddenInput)
    within = forms.ChoiceField(label=gettext_lazy("How far?"), required=False, initial=str(USUAL))
    way = forms.ChoiceField(
        label=gettext_lazy("How?"), required=False, choices=WAYS, widget=forms.RadioSelect, initial=""
    )
    open_now = forms.BooleanField(label=gettext_lazy("Open now"), required=False)
    free = forms.BooleanField(label=gettext_lazy("Costs nothing"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("In which language?"), required=False)
    audience = forms.MultipleChoiceField(
        label=gettext_lazy("Made for"),
        help_text=gettext_lazy("Services that have these people in mind. Most are for anyone, and are left out then."),
        required=False,
        choices=list(AUDIENCES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    term = forms.ChoiceField(label=gettext_lazy("In the directory's own words"), required=False)
    journey = forms.BooleanField(
        label=gettext_lazy("Use what I told in my journey, for this search only"), required=False
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=MOST // PAGE, widget=forms.HiddenInput)

    def __init__(self, *args: Any, told: Told | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = told
        self.choices_of_place: list[Found] = []
        self.spot: Found | None = None
        self._choose("within", [(str(km), _("within %(count)d km") % {"count": km}) for km in DISTANCES])
        self._choose("language", [("", _("Any")), *_languages()])
        terms = list(OtherTerm.objects.filter(uses__gt=0).order_by("-uses", "name")[:MOST_TERMS])
        self._choose("term", [("", _("Anything")), *sorted(((one.term_id, one.name) for one in terms), key=_by_name)])
        if not terms:
            del self.fields["term"]
        if not told:
            del self.fields["journey"]
        if not gazetteer.is_there():
            del self.fields["place"], self.fields["within"], self.fields["which"]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Look up the place; where several have the name, she chooses."""
        data = super().clean() or self.cleaned_data
        typed = data.get("place")
        if not typed:
            return data
        found = gazetteer.look_up(typed, settings.COUNTRIES)
        chosen = [one for one in found if one.key == data.get("which")]
        if not found:
            self.add_error("place", _("No place of this name is known here. A town nearby or a postcode may be."))
        elif len(found) == 1 or chosen:
            self.spot = (chosen or found)[0]
        else:
            self.choices_of_place = found
        return data

    @cached_property
    def has_more(self) -> bool:
        """Whether something is chosen among what is folded away."""
        return bool(self.errors) or any(self[name].value() for name in self.folded)

    @property
    def folded(self) -> list[str]:
        """The fields that are folded away, by name."""
        return [name for name in ("language", "free", "audience", "term") if name in self.fields]

    def sought(self) -> Sought:
        """What is looked for, once it is valid."""
        data = self.cleaned_data
        told = self.told if self.told and data.get("journey") else Told()
        return Sought(
            needs=frozenset({data["need"]} - {""}),
            audiences=frozenset(data["audience"]),
            words=read_words(data["words"]),
            near=self.spot.spot if self.spot else None,
            within=int(data.get("within") or USUAL),
            country=self.spot.country if self.spot else told.country,
            remote=data["way"] == REMOTE,
            places=data["way"] == NEAR,
            language=data["language"],
            free=data["free"],
            open_now=data["open_now"],
            terms=frozenset({data.get("term", "")} - {""}),
            facts=told.facts,
        )


def _languages() -> list[tuple[str, str]]:
    """Those in which some service is given, by their names in the reader's language."""
    names = Locale.parse(to_locale(get_language() or settings.LANGUAGE_CODE)).languages
    codes = SpokenLanguage.objects.values_list("code", flat=True)[:MOST_LANGUAGES]
    return sorted(((code, names.get(code, code)) for code in codes), key=_by_name)


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1].lower()
