"""Why something is not taken in, in words."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext as _


class Why(StrEnum):
    """The reasons."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    NOT_TEXT = "not_text"
    LANGUAGE = "language"
    UNREADABLE = "unreadable"
    ADDRESS = "address"
    REMOVED = "removed"
    KNOWN = "known"


class Refused(Exception):
    """This is not taken in.

    Args:
        why: the reason.
        more: what is to be said with it: a language, an error of the system, the words of what fetches.
    """

    def __init__(self, why: Why, more: str = "") -> None:
        super().__init__(why, more)
        self.why = why
        self.more = more

    @property
    def words(self) -> str:
        """The reason for a reader."""
        said = {
            Why.EMPTY: _("There is nothing in it."),
            Why.TOO_LARGE: _("It is larger than an article can be (5 MB)."),
            Why.TOO_LONG: _("It is longer than an article can be (80,000 characters)."),
            Why.TOO_SHORT: _("There are too few words in it to read it as an article."),
            Why.NOT_TEXT: _("It is not a text."),
            Why.LANGUAGE: _("It is in a language in which articles are not read here yet."),
            Why.UNREADABLE: _("It could not be read."),
            Why.ADDRESS: _("Nothing came from this address."),
            Why.REMOVED: _("Its removal was asked for. It is not taken in again."),
            Why.KNOWN: _("It is here already."),
        }[self.why]
        return f"{said} ({self.more})" if self.more else said
