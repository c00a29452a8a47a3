"""The forms of editors, and of whoever asks for a removal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from leeward.audience.notes import notes_in
from leeward.audience.notes_field import NotesField
from leeward.journeys.facts import Pair, pair_of
from leeward.journeys.vocabulary import FACETS
from leeward.library.public_stories.actions import Said
from leeward.library.public_stories.models import LONGEST_SUMMARY, Asker, Ground, PublicStory
from leeward.library.public_stories.reading.articles import LONGEST
from leeward.library.public_stories.reading.cleaning import Known

FACTS = [
    (str(facet.key), [(f"{facet.key}:{term.key}", term.label) for term in facet.terms])
    for facet in FACETS
    if facet.terms
]


class WebAddressField(forms.URLField):
    """An address that a browser can be led to: http or https, nothing else."""

    default_validators = [URLValidator(schemes=["http", "https"])]  # noqa: RUF012  # as Django's own fields have it


class StoryForm(forms.Form):
    """What an editor says of a story. It can be kept half done; to approve it, the rest is asked for."""

    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    source = forms.CharField(
        label=_("Where it was published"), max_length=200, required=False, help_text=_("The paper, site or page.")
    )
    author = forms.CharField(label=_("Who wrote it"), max_length=200, required=False)
    address = WebAddressField(
        label=_("Its address"),
        max_length=1000,
        required=False,
        assume_scheme="https",
        help_text=_("It begins with https://. Readers are led there."),
    )
    published_on = forms.DateField(
        label=_("When it was published"),
        required=False,
        help_text=_("Leave it empty if the page does not say."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    summary = forms.CharField(
        label=_("What it is about, in your own words"),
        max_length=LONGEST_SUMMARY,
        required=False,
        help_text=_("A few sentences. Do not copy its words."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    telling = forms.CharField(
        label=_("Who tells"),
        max_length=200,
        required=False,
        help_text=_("As the article names the person. Articles of the same person stand together."),
    )
    place = forms.IntegerField(label=_("Its place among those of the same person"), min_value=1, max_value=999)
    facts = forms.MultipleChoiceField(label=_("What it tells"), required=False, choices=FACTS)
    notes = NotesField(label=_("What is inside"))
    ground = forms.ChoiceField(
        label=_("On what ground it is kept"),
        required=False,
        choices=Ground.choices,
        widget=forms.RadioSelect,
    )
    told_by_herself = forms.BooleanField(label=_("I state that the person told this publicly herself."), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, story: PublicStory) -> StoryForm:
        """The form with what is kept of a story."""
        names = ("title", "source", "author", "address", "published_on", "summary", "place", "ground")
        return cls(
            initial={
                **{name: getattr(story, name) for name in names},
                "telling": story.telling.name if story.telling else "",
                "facts": [f"{fact.facet}:{fact.key}" for fact in story.facts.all()],
                "notes": [note.key for note in notes_in(story.notes)],
                "told_by_herself": story.told_by_herself,
                "seen": story.version,
            }
        )

    def ask_for_all(self) -> bool:
        """Ask for what no story is approved without; whether all is there."""
        needed = {
            "title": _("A title is needed."),
            "source": _("Please say where it was published."),
            "address": _("Without its address nobody can read it."),
            "summary": _("Please say in a few words what it is about."),
            "ground": _("Please say on what ground it is kept."),
            "told_by_herself": _("Without this a story is not kept here."),
        }
        for name, words in needed.items():
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, str(words))
        return self.is_valid()

    @property
    def said(self) -> Said:
        """What she says."""
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in Said.__dataclass_fields__ if name != "facts"}
        return Said(facts=tuple(map(pair_of, self.cleaned_data["facts"])), **given)


class AddForm(forms.Form):
    """An article that an editor pastes."""

    text = forms.CharField(
        label=_("The article"),
        max_length=LONGEST,
        help_text=_("Its title in the first line, then its text."),
        error_messages={"required": _("Please paste the article.")},
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    source = forms.CharField(label=_("Where it was published"), max_length=200, required=False)
    address = WebAddressField(label=_("Its address"), max_length=1000, required=False, assume_scheme="https")

    @property
    def known(self) -> Known:
        """What she says of it."""
        return Known(source=self.cleaned_data["source"])


class RemovalForm(forms.Form):
    """Why somebody asks for a removal, if she likes to say."""

    who = forms.ChoiceField(label=_("Who are you in this?"), choices=Asker.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Anything you would like to add"),
        required=False,
        max_length=1000,
        help_text=_("You need not give a reason. Please leave out how to reach you: nobody will write."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class NarrowForm(forms.Form):
    """What the stories of a list shall tell. It is sent, never part of an address."""

    told = forms.ChoiceField(label=_("What it tells of"), required=False)
    after = forms.IntegerField(min_value=0, max_value=100_000, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, choices: list[tuple[str, list[tuple[str, str]]]]) -> None:
        super().__init__(data)
        field = self.fields["told"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Anything")), *choices]

    @property
    def pair(self) -> Pair | None:
        """What was chosen; None for anything."""
        told = self.cleaned_data.get("told", "")
        return pair_of(told) if told else None

    @property
    def start(self) -> int:
        """After how many the page begins."""
        return self.cleaned_data.get("after") or 0
