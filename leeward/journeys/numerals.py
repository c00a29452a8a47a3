"""Small numbers in words, as people say them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_WORDS = (
    _("zero"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine"),
    _("ten"), _("eleven"), _("twelve"), _("thirteen"), _("fourteen"), _("fifteen"), _("sixteen"), _("seventeen"),
    _("eighteen"), _("nineteen"), _("twenty"), _("twenty-one"), _("twenty-two"), _("twenty-three"), _("twenty-four"),
    _("twenty-five"), _("twenty-six"), _("twenty-seven"), _("twenty-eight"), _("twenty-nine"), _("thirty"),
    _("thirty-one"), _("thirty-two"), _("thirty-three"), _("thirty-four"), _("thirty-five"), _("thirty-six"),
    _("thirty-seven"), _("thirty-eight"), _("thirty-nine"), _("forty"), _("forty-one"), _("forty-two"),
    _("forty-three"), _("forty-four"), _("forty-five"),
)  # fmt: skip


def in_words(number: int) -> str:
    """A number from 0 to 45 in words; any other in digits."""
    return str(_WORDS[number]) if 0 <= number < len(_WORDS) else str(number)
