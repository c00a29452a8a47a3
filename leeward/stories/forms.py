"""The forms of this room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.audience.notes_field import NotesField
from leeward.journeys.facts import Pair
from leeward.journeys.forms.when import WhenForm
from leeward.journeys.shown import offered_pairs, say_pair
from leeward.journeys.summary import choices_in_words
from leeward.journeys.ways import ways_of
from leeward.members.models import Member
from leeward.stories.asking import Asking, mask_of
from leeward.stories.audiences import CannotBeShownSo, Sharing, ShowTo, refuse_unsigned_for_chosen, rings_for
from leeward.stories.ends import end_of
from leeward.stories.facts import facts_in_her_words
from leeward.stories.jointly.questions import is_beyond
from leeward.stories.last_day_field import LastDayField
from leeward.stories.models import ANSWER_LENGTH, STORY_LENGTH, AnswersFrom, Story


class WritingForm(forms.Form):
    """The words of a story."""

    title = forms.CharField(
        label=_("A title"), required=False, max_length=120, help_text=_("If you like. It can stay empty.")
    )
    text = forms.CharField(
        label=_("What you want to tell"),
        required=False,
        max_length=STORY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("There is no right way. Only you see this until you choose otherwise."),
    )
    stamp = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ref = forms.CharField(widget=forms.HiddenInput, required=False)


class AudienceForm(forms.Form):
    """Who sees something, who may answer, and what is inside."""

    show_to = forms.ChoiceField(label=_("Who may see it"), choices=ShowTo.choices, widget=forms.RadioSelect)
    ways = forms.MultipleChoiceField(
        label=_("On which way"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only for people on the same way: members who said the same of themselves at least seven days ago. "
            "Nobody checks what people say of themselves."
        ),
    )
    notes = NotesField(
        label=_("What is inside"), help_text=_("So that others can choose. It says what is there, nothing more.")
    )
    answers_from = forms.ChoiceField(label=_("Who may answer"), choices=AnswersFrom.choices, widget=forms.RadioSelect)
    unquotable = forms.BooleanField(
        label=_("Not to be quoted"),
        required=False,
        help_text=_("Otherwise whoever answers can take a passage of it, which goes when you take yours back."),
    )

    def __init__(self, *args: Any, author: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.author = author
        self._hers = ways_of(author)
        self._choose("ways", [(way.name, way.label) for way in self._hers])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        if not choices:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Refuse choices that contradict each other, saying which."""
        cleaned: dict[str, Any] = super().clean() or {}
        if {"show_to", "signed"} & set(self.fields) <= set(cleaned):
            try:
                rings_for(self.sharing(), self.author)
            except CannotBeShownSo as reason:
                self.add_error("show_to", str(reason))
        return cleaned

    def sharing(self) -> Sharing:
        """What was chosen."""
        chosen = self.cleaned_data
        return Sharing(
            show_to=ShowTo(chosen["show_to"]),
            ways=frozenset(way.ring_id for way in self._hers if way.name in chosen.get("ways", [])),
            answers_from=AnswersFrom(chosen.get("answers_from") or AnswersFrom.ALL),
            quotable=not chosen.get("unquotable"),
            notes=chosen.get("notes") or 0,
        )


class SharingForm(AudienceForm):
    """Who sees a story, with which name, notes, facts and answers, and until when."""

    signed = forms.ChoiceField(
        label=_("With your name"),
        choices=[("yes", _("Signed with the name you chose here")), ("no", _("With no name"))],
        widget=forms.RadioSelect,
        help_text=_(
            "With no name, no member can know that it is yours, and moderators see a token in place of you. "
            "Your words can still give you away to someone who knows you."
        ),
    )
    facts = forms.MultipleChoiceField(
        label=_("What may be shown with it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People in the same place find your story by these. What you leave out stays with you."),
    )
    asking = forms.MultipleChoiceField(
        label=_("What I am asking for"),
        choices=Asking.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It stands above the box of whoever answers. You can tick several, or none."),
    )
    until = LastDayField()

    def __init__(self, *args: Any, author: Member, story: Story, shown: Iterable[Pair] = (), **kwargs: Any) -> None:
        super().__init__(*args, author=author, **kwargs)
        self.story = story
        if story.also_id is not None:  # told by two: both names, and no facts of one journey
            self._told_by_two()
            return
        offered = offered_pairs(author, shown)
        more = facts_in_her_words(story, but=offered)
        choices: list[tuple[str, Any]] = [("=".join(pair), words) for pair, words in choices_in_words(author, offered)]
        choices += [("=".join(pair), _("%(fact)s (from your words)") % {"fact": say_pair(pair)}) for pair in more]
        self._choose("facts", choices)

    def _told_by_two(self) -> None:
        del self.fields["facts"]
        signed = self.fields["signed"]
        assert isinstance(signed, forms.ChoiceField)
        signed.choices = [("both", _("Signed with both names"))]  # else than one alone, for a page that is old by now
        signed.help_text = ""
        show_to = self.fields["show_to"]
        assert isinstance(show_to, forms.ChoiceField)
        show_to.choices = [(ShowTo.ONLY_ME.value, _("The two of you")), *ShowTo.choices[1:]]

    def clean_show_to(self) -> str:
        """To nobody whom only one of two has agreed to."""
        show_to: str = self.cleaned_data["show_to"]
        if is_beyond(self.story, ShowTo(show_to)):
            raise forms.ValidationError(_("The other of you has agreed to members, not to more. Ask in your own way."))
        return show_to

    def clean_signed(self) -> str:
        """With no name only while no chapter of it is for people whom she chose."""
        signed: str = self.cleaned_data["signed"]
        if signed == "no":
            try:
                refuse_unsigned_for_chosen(self.story)
            except CannotBeShownSo as reason:
                raise forms.ValidationError(str(reason)) from reason
        return signed

    def sharing(self) -> Sharing:
        """What was chosen."""
        chosen = self.cleaned_data
        pairs = (fact.partition("=") for fact in chosen.get("facts", []))
        return replace(
            super().sharing(),
            signed=chosen["signed"] != "no",
            facts=frozenset((facet, key) for facet, _sign, key in pairs),
            asking=mask_of(chosen.get("asking", [])),
            until=end_of(chosen.get("until")),
        )


class ChapterForm(WhenForm, WritingForm):
    """The words of a chapter, and when it was."""


class ChapterSharingForm(AudienceForm):
    """Who sees a chapter, among those who see its story, and until when. It is signed as the story is."""

    until = LastDayField()

    def __init__(self, *args: Any, author: Member, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, author=author, **kwargs)
        self.story = story

    def sharing(self) -> Sharing:
        """What was chosen."""
        return replace(super().sharing(), signed=self.story.signed, until=end_of(self.cleaned_data.get("until")))


class AnswerForm(forms.Form):
    """An answer to a story."""

    text = forms.CharField(label=_("Your answer"), max_length=ANSWER_LENGTH, widget=forms.Textarea(attrs={"rows": 6}))
    unsigned = forms.BooleanField(label=_("With no name"), required=False)
    unquotable = forms.BooleanField(
        label=_("Not to be quoted"),
        required=False,
        help_text=_("Otherwise others who answer here can take a passage of it, which goes when you take yours back."),
    )
    notes = NotesField(label=_("What is inside"))
    paused = forms.CharField(required=False, widget=forms.HiddenInput)  # stories.pausing


class TakeBackForm(forms.Form):
    """What happens to the answers when a story is taken back."""

    answers = forms.ChoiceField(
        label=_("The answers of others"),
        choices=[("go", _("Take them away with it")), ("keep", _("Let them stand, without my words"))],
        widget=forms.RadioSelect,
        initial="go",
    )
