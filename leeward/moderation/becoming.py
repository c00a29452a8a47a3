"""What a writer is told on the next page: what became of the text that she has just sent."""

from __future__ import annotations

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leeward.audience.requests import Request, member_of
from leeward.audience.shared import Shared
from leeward.moderation.actions import Fate, Outcome, is_hidden, may_need_help
from leeward.moderation.first_texts import must_be_read_first
from leeward.moderation.hours import when_read

SHOW_HELP = "help"
"""The mark of a message that is none: `web` lays the lines that are open now on the next page in its place. It is read
once and then gone; nothing else of it is kept."""


def say_what_became(request: Request, outcome: Outcome, thing: Shared, *, shown: str) -> None:
    """Tell the writer, on the page that she sees next.

    Args:
        request: with which she sent it.
        outcome: what became of it.
        thing: what she sent.
        shown: what to say if others can see it now; empty for nothing.
    """
    if outcome.care or outcome.plan:
        _show_help(request)
    words = _what_became(request, outcome, thing) or shown
    if words:
        messages.success(request, words)


def say_where_help_is(request: Request, text: str) -> None:
    """Show help that is open now on this very page, if words that only look for something sound as if it were needed.

    Nothing of it is kept or counted: what is looked for is nobody's text.
    """
    if may_need_help(text):
        _show_help(request)


def stands_below(outcome: Outcome) -> bool:
    """Whether the next page may open at the text itself: nothing has to be read first at its head."""
    return outcome.fate is Fate.SHOWN and not outcome.care


def _show_help(request: Request) -> None:
    messages.info(request, SHOW_HELP, extra_tags=SHOW_HELP)


def _what_became(request: Request, outcome: Outcome, thing: Shared) -> str:
    """Empty for what is shown, or kept for herself alone."""
    if outcome.fate not in {Fate.HELD, Fate.WAITS}:
        return ""
    if is_hidden(thing):
        return _("Kept. It stays out of sight, as a moderator decided, until a person reads it again.")
    if outcome.plan:
        return f"{_for_a_plan()} {when_read()}"
    if must_be_read_first(member_of(request)):
        said = _("A person will read it first, as all first texts here. Until then only you see it.")
        return f"{said} {when_read()}"
    return _it_waits(outcome) if outcome.fate is Fate.WAITS else format_html("{} {}", _for_the_rules(), when_read())


def _it_waits(outcome: Outcome) -> str:
    if outcome.long:
        return _("It is being read, and will be there in about a minute. Until then only you see it.")
    return _("It is safe, and waits: it will be shown as soon as it can be read. Until then only you see it.")


def _for_a_plan() -> str:
    return _(
        "Thank you for saying it. Despair may be spoken of here; ways are kept from others, because they can carry "
        "somebody else away. A person reads this first. Until then only you see it, and nothing of it is lost."
    )


def _for_the_rules() -> SafeString:
    """The link stands in the sentence, so that translators can place it."""
    link = format_html('<a href="{}">', reverse("web:rules"))
    said = _(
        "A person will read it first: it may touch one of the %(link)srules of the house%(end)s, and a person decides. "
        "Until then only you see it."
    )
    return format_html(said.replace("%(link)s", "{}").replace("%(end)s", "{}"), link, SafeString("</a>"))
