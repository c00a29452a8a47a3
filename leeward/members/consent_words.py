"""What each consent means, in the words that a member agrees to, and what happens when she takes it back.

Whoever changes a word here changes `consents.WORDING`: earlier agreements were to the earlier words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from leeward.members.models import Purpose

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class ConsentWords:
    """One consent: its title, what she agrees to, what stays possible without it, and what taking it back does."""

    purpose: Purpose
    title: str | _StrPromise
    agrees: str | _StrPromise
    without: str | _StrPromise
    taking_back: str | _StrPromise


CONSENTS: tuple[ConsentWords, ...] = (
    ConsentWords(
        Purpose.JOURNEY,
        _("Keeping my journey"),
        _(
            "This place keeps what I say here of my losses, my path and where I am now. It uses it to show me stories "
            "near to mine. It is about my health; nobody else sees it unless I choose so."
        ),
        _("Without it you can read, tell and answer. Only the nearest stories cannot be found for you."),
        _("What you said of your journey is deleted at once. Your stories stay as you wrote them."),
    ),
    ConsentWords(
        Purpose.COUNTED,
        _("Being counted"),
        _(
            "I may be one among many in a number that names nobody. No such number is shown anywhere here yet; when "
            "one is, only those who agreed are in it."
        ),
        _("Without it you are in no number. Nothing else changes for you."),
        _("You are left out of every number from then on."),
    ),
    ConsentWords(
        Purpose.FOUND,
        _("Being found by others"),
        _(
            "A story that I show to others may be offered to people whose facts are like mine, with the reason: "
            "“also at around twenty weeks”. Only who may read the story is offered it."
        ),
        _("Without it your stories are still where you showed them, and are not offered to anyone as near."),
        _("Your stories are no longer offered as near. Who may read them stays as you chose."),
    ),
    ConsentWords(
        Purpose.FAITH,
        _("Faith"),
        _("This place keeps what I say here of faith, or of having none. It is used only in what I chose above."),
        _("Without it nothing of faith is kept, and the question is not asked again."),
        _("What you said of faith is deleted at once. The words of your stories stay as you wrote them."),
    ),
)


def words_for(purpose: Purpose) -> ConsentWords:
    """The words of one purpose."""
    return next(words for words in CONSENTS if words.purpose == purpose)
