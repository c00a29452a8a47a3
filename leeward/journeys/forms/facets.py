"""Questions of the vocabulary as a form: terms, her own words, and "I'd rather not say", on every question."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leeward.journeys.actions.telling import Given
from leeward.journeys.models import Fact, today
from leeward.journeys.terms import OWN_WORDS, RATHER_NOT_SAY, Facet, Term
from leeward.journeys.words import Speech

WORDS_LENGTH = 400
"""Longest answer in her own words, in characters: a few sentences. Her story has room for more."""


@dataclass(frozen=True)
class Asked:
    """What a form asks.

    Args:
        facets: the questions, in order.
        facts: what she answered to them until now.
        speech: how the place speaks to her.
    """

    facets: Sequence[Facet]
    facts: Iterable[Fact]
    speech: Speech


class FacetsForm(forms.Form):
    """Some questions, with what she answered before already there."""

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facets = asked.facets
        self.speech = asked.speech
        self.held: dict[str, dict[str, Fact]] = {facet.key: {} for facet in asked.facets}
        for fact in asked.facts:
            if fact.facet in self.held:
                self.held[fact.facet][fact.key] = fact
        for facet in asked.facets:
            self._ask(facet)

    def questions(self) -> list[list[BoundField]]:
        """The fields of each question, to be shown together."""
        return [[self[name] for name in self.names_of(facet)] for facet in self.facets]

    def names_of(self, facet: Facet) -> list[str]:
        """The names of the fields of one question, in the order shown."""
        return [name for name in self.fields if name == facet.key or name.startswith(f"{facet.key}__")]

    def answers(self) -> dict[str, Given]:
        """What was answered, by facet. Call it on a valid form."""
        return {facet.key: self._given(facet) for facet in self.facets}

    def clean(self) -> dict[str, Any]:
        """An answer and "I'd rather not say" cannot both be meant: the newer one counts; if both are new, ask which."""
        cleaned: dict[str, Any] = super().clean() or {}
        for facet in self.facets:
            chosen = set(_listed(cleaned.get(facet.key)))
            said = (chosen - {RATHER_NOT_SAY}) or cleaned.get(f"{facet.key}__words")
            if RATHER_NOT_SAY not in chosen or not said:
                continue
            held = self.held[facet.key]
            if RATHER_NOT_SAY in held:
                cleaned[facet.key] = sorted(chosen - {RATHER_NOT_SAY})
            elif not held:
                self.add_error(
                    facet.key, _("You ticked an answer, and that you would rather not say. Leave the one you mean.")
                )
        return cleaned

    def _ask(self, facet: Facet) -> None:
        held = self.held[facet.key]
        choices = [(term.key, self._choice(facet, term)) for term in facet.terms]
        choices.append((RATHER_NOT_SAY, self.speech.say(facet.key, RATHER_NOT_SAY)))
        ticked = [key for key in held if key != OWN_WORDS]
        if facet.many or not facet.terms:
            self.fields[facet.key] = forms.MultipleChoiceField(
                label=facet.question,
                help_text=str(facet.hint),
                choices=choices,
                initial=ticked,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        else:
            self.fields[facet.key] = forms.ChoiceField(
                label=facet.question,
                help_text=str(facet.hint),
                choices=[*choices, ("", _("Leave it open"))],
                initial=next(iter(ticked), ""),
                required=False,
                widget=forms.RadioSelect,
            )
        self.fields[f"{facet.key}__words"] = forms.CharField(
            label=_of(_("In my own words"), facet),
            initial=held[OWN_WORDS].words if OWN_WORDS in held else "",
            max_length=WORDS_LENGTH,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        if facet.dated:
            self._ask_since(facet)

    def _ask_since(self, facet: Facet) -> None:
        for key, fact in self.held[facet.key].items():
            if key != RATHER_NOT_SAY:
                said = fact.words if key == OWN_WORDS else self.speech.say(facet.key, key)
                self.fields[f"{facet.key}__since_{key}"] = SinceField(
                    label=_("Since when: %(what)s") % {"what": said}, initial=fact.since
                )
        self.fields[f"{facet.key}__since"] = SinceField(
            label=_("Since when, for what is new here"), help_text=_("If you like. It can stay empty.")
        )

    def _choice(self, facet: Facet, term: Term) -> str | SafeString:
        said = self.speech.say(facet.key, term.key)
        if not term.hint:
            return said
        return format_html('{} <span class="meta">{}</span>', said, term.hint)

    def _given(self, facet: Facet) -> Given:
        keys = frozenset(_listed(self.cleaned_data.get(facet.key)))
        words = self.cleaned_data.get(f"{facet.key}__words", "")
        if not facet.dated:
            return Given(keys, words)
        new = self.cleaned_data.get(f"{facet.key}__since")
        every = keys | {OWN_WORDS}
        since = {key: self.cleaned_data.get(f"{facet.key}__since_{key}", new) for key in every}
        return Given(keys, words, since)


class SinceField(forms.DateField):
    """A day since when something holds: optional, and not one to come."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> datetime.date | None:
        """The day, if there is one."""
        day: datetime.date | None = super().clean(value)
        if day is not None and day > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


def _listed(chosen: Any) -> list[str]:
    if isinstance(chosen, str):
        return [chosen] if chosen else []
    return list(chosen or [])


def _of(label: str, facet: Facet) -> SafeString:
    return format_html('{}<span class="visually-hidden">: {}</span>', label, facet.question)
