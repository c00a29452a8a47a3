"""The steps that a version can go: what each asks, and when it can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from leeward.library.guides import actions
from leeward.library.guides.forms import ReviewForm, StepForm, WordsForm
from leeward.library.guides.models import State, Version
from leeward.members.models import Member


@dataclass(frozen=True)
class DeskStep:
    """One step of a version: how it is called, what is asked, what is said when it is done, and who may do it when."""

    label: str | Promise
    hint: str | Promise
    done: str | Promise
    form: type[StepForm]
    do: Callable[[Version, Member, Any], None]
    states: tuple[State, ...]
    by_another: bool = False

    def is_open(self, version: Version, member: Member) -> bool:
        """Whether this member can do it now."""
        if version.state not in self.states:
            return False
        return not (self.by_another and member.pk in actions.hands_in(version)[version.pk])


def _hand(version: Version, by: Member, form: Any) -> None:
    actions.hand_on(version, by=by, seen=form.cleaned_data["seen"])


def _agree(version: Version, by: Member, form: Any) -> None:
    actions.agree(version, by=by, seen=form.cleaned_data["seen"])


def _give_back(version: Version, by: Member, form: Any) -> None:
    actions.give_back(version, by=by, seen=form.cleaned_data["seen"], words=form.cleaned_data["words"])


def _publish(version: Version, by: Member, form: Any) -> None:
    actions.publish(version, form.reviewed(), by=by, seen=form.cleaned_data["seen"])


def _review(version: Version, by: Member, form: Any) -> None:
    actions.review_again(version, form.reviewed(), by=by, seen=form.cleaned_data["seen"])


def _withdraw(version: Version, by: Member, form: Any) -> None:
    actions.withdraw(version, by=by, seen=form.cleaned_data["seen"], words=form.cleaned_data["words"])


STEPS: dict[str, DeskStep] = {
    "hand": DeskStep(
        gettext_lazy("Give it to a second reader"),
        gettext_lazy(
            "Another editor, or the host, reads it and agrees, or gives it back. Nobody agrees to her own words."
        ),
        gettext_lazy("It waits for a second reader now."),
        StepForm,
        _hand,
        (State.DRAFT,),
    ),
    "agree": DeskStep(
        gettext_lazy("Agree to it"),
        gettext_lazy(
            "To exactly these words: if one of them changes, it is a draft again. Look whether each sentence "
            "is true, rests on its source, and can be read at three in the morning."
        ),
        gettext_lazy("Agreed. It can be published once a named person has reviewed it."),
        StepForm,
        _agree,
        (State.SECOND,),
        by_another=True,
    ),
    "give-back": DeskStep(
        gettext_lazy("Give it back"),
        gettext_lazy("It becomes a draft again, with your words beside it."),
        gettext_lazy("Given back, with your words."),
        WordsForm,
        _give_back,
        (State.SECOND, State.AGREED),
    ),
    "publish": DeskStep(
        gettext_lazy("Publish it"),
        gettext_lazy("Everyone can read it from then on. The version before it is kept."),
        gettext_lazy("Published."),
        ReviewForm,
        _publish,
        (State.AGREED,),
    ),
    "review": DeskStep(
        gettext_lazy("It was reviewed again"),
        gettext_lazy("For a text that still holds, word for word. If something has to change, write a new version."),
        gettext_lazy("Written down."),
        ReviewForm,
        _review,
        (State.PUBLISHED,),
    ),
    "withdraw": DeskStep(
        gettext_lazy("Withdraw it"),
        gettext_lazy("Nobody but editors can read it from then on. It is kept, with your reason."),
        gettext_lazy("Withdrawn. It is kept here."),
        WordsForm,
        _withdraw,
        (State.PUBLISHED, State.DRAFT, State.SECOND, State.AGREED),
    ),
}
