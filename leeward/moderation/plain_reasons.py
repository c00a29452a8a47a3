"""Why a case waits, in plain words: what was found in it, what was pointed out, or that it is a first text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from leeward.moderation.looked_at import is_looked_at
from leeward.moderation.models import Because, Case
from leeward.moderation.reasons import REASON
from leeward.moderation.signs import SIGNS


def why(case: Case, reported_as: Iterable[str]) -> list[tuple[str, str]]:
    """Key and words of each reason, the weightiest first; at least one.

    Args:
        case: the case.
        reported_as: keys of the reasons for which it was pointed out.
    """
    signs = [(sign.key, str(sign.label)) for sign in SIGNS if sign.key in case.signs]
    reports = [(key, str(REASON[key].label)) for key in reported_as if key in REASON]
    if case.because == Because.FIRST_TEXT and is_looked_at(case.kind):
        return [*signs, *reports] or [("first_photo", _("One of a member’s first photos"))]
    return [*signs, *reports] or [(case.because, str(Because(case.because).label))]


def counted(cases: Iterable[tuple[Case, Iterable[str]]]) -> list[tuple[str, int]]:
    """How many of the cases wait for each reason, in words, the most frequent first."""
    found = Counter(words for case, reported_as in cases for _key, words in why(case, reported_as))
    return found.most_common()
