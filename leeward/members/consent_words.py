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
        _(
            "What you said of your journey is deleted at once, and you are no longer among people on the same way. "
            "Your lights go out. Your stories stay as you wrote them, with the facts that you chose to show with them; "
            "so does what you show where people find you, until you change it or stop being found."
        ),
    ),
    ConsentWords(
        Purpose.COUNTED,
        _("Being counted"),
        _(
            "Once a month this place counts how many people here live with what, from what I said of my losses and "
            "where I am. Each number is blurred by chance before anybody sees it, so that somebody who knows all of it "
            "but one thing is right about that one 6 times in 10 or less, where a coin would be right 5 times. That "
            "does not cover what I write to others, several unknown things at once, a partner counted with the same "
            "facts, or a break-in. I am counted in one list for good, and two changes of mine at most are counted."
        ),
        _("Without it you are in no number. Nothing else changes for you."),
        _(
            "You are missing from the next month's numbers on, and as what you were counted is erased at once. That "
            "you were counted, from when until when, stays until you leave, so that you can be counted again once and "
            "no more: oftener would give too much away about you."
        ),
    ),
    ConsentWords(
        Purpose.FOUND,
        _("Being found by others"),
        _(
            "Whom I choose can find me here: people on the same way, all members, or only those whom I let in one by "
            "one. They see my chosen name, the words that I write for it and the facts that I tick, which are about my "
            "health. Who can find me can write me a first note. Nothing else of my journey is used for it."
        ),
        _("Without it nobody finds you, only the stories that you show. What those say of you, you choose with each."),
        _(
            "Nobody finds you from that moment: what stood there is deleted, and no light that waits for somebody like "
            "you is told. Stories that you have shown stay where you showed them, and so do notes and meetings."
        ),
    ),
    ConsentWords(
        Purpose.FAITH,
        _("Faith"),
        _(
            "This place keeps what I say here of faith, or of having none, and uses it to show me stories near to "
            "mine. Nobody else sees it unless I choose so."
        ),
        _("Without it nothing of faith is kept, and the question is not asked again."),
        _(
            "What you said of faith is deleted at once. Your stories stay as you wrote them, with the facts that you "
            "chose to show with them."
        ),
    ),
)


def words_for(purpose: Purpose) -> ConsentWords:
    """The words of one purpose."""
    return next(words for words in CONSENTS if words.purpose == purpose)
