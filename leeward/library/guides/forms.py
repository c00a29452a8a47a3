"""The forms of the editors' desk, and those by which a reader chooses."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from typing import Any

from babel import Locale
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _

from leeward.audience.notes import notes_in
from leeward.audience.notes_field import NotesField
from leeward.journeys.countries import countries
from leeward.journeys.vocabulary import FACETS
from leeward.library.guides.actions import Reviewed
from leeward.library.guides.blocks import Fault
from leeward.library.guides.content import SPEAKS_TO, Content, Source, facet_in_words, source_line
from leeward.library.guides.faults import LONGEST, faults_of
from leeward.library.guides.models import Version
from leeward.library.rules import Topic

LONGEST_REVIEW = 3 * 366
"""Days until a guide is to be reviewed again, at most. A rule of this project: advice on the body changes."""
_PARTS_OF_SOURCE = 5


class ContentForm(forms.Form):
    """All that a guide says. The text stands whole in one box.

    Args:
        guides: the keys of the guides that there are.
    """

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    summary = forms.CharField(
        label=gettext_lazy("In short"),
        max_length=400,
        help_text=gettext_lazy("One or two sentences, for the list of guides."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    text = forms.CharField(
        label=gettext_lazy("The whole text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 32, "spellcheck": "true"}),
    )
    sources = forms.CharField(
        label=gettext_lazy("Sources, each on a line"),
        required=False,
        help_text=gettext_lazy("id | publisher | title | address | seen (or: not seen)"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    speaks_to = forms.MultipleChoiceField(
        label=gettext_lazy("Whom it speaks to"),
        choices=list(SPEAKS_TO.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Please say whom it speaks to.")},
    )
    facets = forms.MultipleChoiceField(
        label=gettext_lazy("Whose journey it fits"),
        help_text=gettext_lazy("Where nothing is ticked, everybody's."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    notes = NotesField(label=gettext_lazy("What is inside"))
    uses = forms.MultipleChoiceField(
        label=gettext_lazy("Rules of countries that it leans on"),
        choices=[(topic.value, topic.label) for topic in Topic],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, guides: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._guides = guides
        self.content: Content | None = None
        offered: Any = self.fields["facets"]
        offered.choices = [
            (str(facet.question), [(f"{facet.key}:{term.key}", term.label) for term in facet.terms])
            for facet in FACETS
            if facet.terms
        ]

    def clean(self) -> dict[str, Any]:
        """Look the whole over, and name each fault with its line."""
        given: dict[str, Any] = super().clean() or {}
        if "text" not in given or "sources" not in given:
            return given
        sources, faults = _sources_from(given["sources"])
        self.content = Content(
            title=given.get("title", ""),
            summary=" ".join(given.get("summary", "").split()),
            text="\n".join(line.rstrip() for line in given["text"].strip().splitlines()),
            speaks_to=tuple(given.get("speaks_to", ())),
            facets=tuple(given.get("facets", ())),
            notes=given.get("notes", 0),
            uses=tuple(given.get("uses", ())),
            sources=sources,
        )
        for fault in faults:
            self.add_error("sources", _in_words(fault))
        for fault in faults_of(self.content, self._guides):
            self.add_error("text" if fault.line else "sources", _in_words(fault))
        return given


class NewGuideForm(ContentForm):
    """The same for a guide that there is not yet, or not in this language."""

    key = forms.SlugField(
        label=gettext_lazy("Its name in the address"),
        max_length=60,
        help_text=gettext_lazy(
            "Small letters and hyphens. It never changes, and stands in the history of the reader's browser: choose "
            "one that tells nothing. The same guide in another language has the same name."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    order = forms.IntegerField(
        label=gettext_lazy("Its place in lists"), min_value=1, max_value=1000, help_text=gettext_lazy("1 stands first.")
    )
    field_order = ("key", "language", "order", "title", "summary", "text", "sources")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["language"]
        offered.choices = languages()

    def clean_key(self) -> str:
        """Small letters, digits and hyphens."""
        key: str = self.cleaned_data["key"]
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", key):
            raise forms.ValidationError(_("Small letters, digits and hyphens alone."))
        return key


class StepForm(forms.Form):
    """One step with a version, as it stood when the page was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class WordsForm(StepForm):
    """A step that says why."""

    words = forms.CharField(
        label=gettext_lazy("Why, in a few words"),
        max_length=2000,
        help_text=gettext_lazy("Editors read it. It stays with this version."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Please say why: whoever reads it later will want to know.")},
    )


class ReviewForm(StepForm):
    """Who reviewed exactly this version, when, and until when that holds."""

    reviewer = forms.CharField(
        label=gettext_lazy("Who reviewed it: the name of a person of the host's staff"),
        max_length=80,
        help_text=gettext_lazy("Their own name. Everyone who reads the guide sees it, with the day."),
        error_messages={"required": gettext_lazy("A guide needs the name of the person who reviewed it.")},
    )
    reviewed_on = forms.DateField(
        label=gettext_lazy("On which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    review_by = forms.DateField(
        label=gettext_lazy("To be reviewed again by"),
        help_text=gettext_lazy("At most three years from now. Past that day the guide says so at its top."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    exactly = forms.BooleanField(
        label=gettext_lazy("This person read exactly this text, and knows that everyone will see the name"),
        error_messages={"required": gettext_lazy("Please tick this once the person has, and knows it.")},
    )

    def clean_reviewer(self) -> str:
        """A name, not a sign."""
        name: str = self.cleaned_data["reviewer"].strip()
        if not any(sign.isalpha() for sign in name):
            raise forms.ValidationError(_("Please give the person's own name."))
        return name

    def clean_reviewed_on(self) -> datetime.date:
        """Today, or before."""
        day: datetime.date = self.cleaned_data["reviewed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean_review_by(self) -> datetime.date:
        """A day that comes, within three years."""
        day: datetime.date = self.cleaned_data["review_by"]
        if not timezone.localdate() < day <= timezone.localdate() + datetime.timedelta(days=LONGEST_REVIEW):
            raise forms.ValidationError(_("Please choose a day after today, and within three years."))
        return day

    def reviewed(self) -> Reviewed:
        """What was said, once the form is valid."""
        given = self.cleaned_data
        return Reviewed(given["reviewer"], given["reviewed_on"], given["review_by"])


class CountryForm(forms.Form):
    """Whose rules are shown. It is sent, not put into an address, and not kept."""

    country = forms.ChoiceField(label=gettext_lazy("Rules of"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["country"]
        offered.choices = countries()


class ChoosingForm(forms.Form):
    """Which guides come into a list. It is sent, not put into an address, and not kept."""

    whom = forms.ChoiceField(
        label=gettext_lazy("For whom"), required=False, choices=[("", gettext_lazy("Anyone")), *SPEAKS_TO.items()]
    )
    about = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    mine = forms.BooleanField(label=gettext_lazy("What fits my journey first"), required=False)

    def __init__(self, *args: Any, facets: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["about"]
        offered.choices = [("", _("Anything")), *((pair, facet_in_words(pair)) for pair in facets)]


def initial_of(version: Version) -> dict[str, Any]:
    """A version as its form shows it."""
    fields = version.as_fields()
    lines = [source_line(source) for source in version.content.sources]
    return {
        **fields,
        "notes": [note.key for note in notes_in(version.notes)],
        "sources": "\n".join(lines),
        "seen": version.touched_at,
    }


def languages() -> list[tuple[str, str]]:
    """Languages by name, the place's own first."""
    names = Locale.parse(to_locale(get_language() or settings.LANGUAGE_CODE)).languages
    plain = sorted(((code, name) for code, name in names.items() if len(code) in {2, 3}), key=lambda pair: pair[1])
    own = [pair for pair in plain if pair[0] == settings.LANGUAGE_CODE]
    return [*own, *(pair for pair in plain if pair not in own)]


def _sources_from(written: str) -> tuple[tuple[Source, ...], list[Fault]]:
    found, faults = [], []
    for number, line in enumerate(written.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != _PARTS_OF_SOURCE or not all(parts):
            faults.append(Fault(number, _("A source has five parts: id | publisher | title | address | seen.")))
        elif parts[4] not in {"seen", "not seen"}:
            faults.append(Fault(number, _("The last part says “seen” or “not seen”, as it was.")))
        else:
            name, publisher, title, url, seen = parts
            found.append(Source(name, publisher, title, url, seen == "seen"))
    return tuple(found), faults


def _in_words(fault: Fault) -> str:
    return _("Line %(line)d: %(words)s") % vars(fault) if fault.line else fault.words
