"""What a loss is called where she lives: derived from facts by a table, and never forced upon her.

Only the weeks decide here, because weights are not asked. Rows marked as background are widely reported, but the
law itself was not read for them; like all of them they are shown as not yet confirmed by this place.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.journeys.countries import country_name
from leeward.journeys.words import PLAIN, Speech

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

DAYS_A_WEEK = 7
LATE_FROM = 13 * DAYS_A_WEEK
"""A miscarriage is called late after the first twelve weeks are over (Tommy's: "in the first 12 weeks"), in days."""
LOWEST_LINE = 20 * DAYS_A_WEEK
"""Where no country is told: below this no table known to us, but Japan's, says stillbirth."""
HIGHEST_LINE = 28 * DAYS_A_WEEK
"""Where no country is told: from here on all of them do (WHO, ICD-10, for comparing countries)."""

SAY_THEIR_NAME = frozenset({"miscarriage_early", "miscarriage_late", "multiple"})
"""Kinds whose local word depends on the weeks. Every other kind that she ticked is already the word she chose."""


@dataclass(frozen=True)
class Line:
    """From when on a loss is registered as a stillbirth in one country.

    Args:
        country: ISO 3166 alpha-2.
        days: completed days of pregnancy from which on it is.
        rule: the rule in words, with the weight where there is one.
        source: where it is said.
        seen: whether the source itself was read; otherwise it is background knowledge.
    """

    country: str
    days: int
    rule: str | _StrPromise
    source: str | _StrPromise
    seen: bool = False


def _weeks(weeks: int) -> int:
    return weeks * DAYS_A_WEEK


_BACKGROUND = gettext_lazy("background knowledge")

LINES: tuple[Line, ...] = (
    Line("GB", _weeks(24), gettext_lazy("24 weeks"), "LBC, 22 February 2024; British Journal of Midwifery", seen=True),
    Line(
        "US",
        _weeks(20),
        gettext_lazy("20 weeks; states differ, some say 350 g"),
        "Get Megiddy; state rules are background",
        seen=True,
    ),
    Line(
        "AU", _weeks(20), gettext_lazy("20 weeks or 400 g"), "AIHW, Perinatal deaths in Australia 2013–2014", seen=True
    ),
    Line("NL", _weeks(24), gettext_lazy("24 weeks, in statistics"), "CBS, Perinatale sterfte", seen=True),
    Line("IE", _weeks(23), gettext_lazy("23 weeks or 400 g"), _BACKGROUND),
    Line("CA", _weeks(20), gettext_lazy("20 weeks or 500 g"), _BACKGROUND),
    Line("NZ", _weeks(20), gettext_lazy("20 weeks or 400 g"), _BACKGROUND),
    Line("DE", _weeks(24), gettext_lazy("24 weeks or 500 g"), _BACKGROUND),
    Line("FR", _weeks(22), gettext_lazy("22 weeks or 500 g"), _BACKGROUND),
    Line("ES", 180, gettext_lazy("180 days"), _BACKGROUND),
    Line("JP", _weeks(12), gettext_lazy("12 weeks"), _BACKGROUND),
)

LINE: dict[str, Line] = {line.country: line for line in LINES}
"""Lines by country."""


def local_word(country: str, *, weeks: int | None, days: int | None = None, born_alive: bool | None = None) -> str:
    """The word that is used for a loss, as a key of the vocabulary's `local_word`; "" where the facts do not say.

    Args:
        country: ISO 3166 alpha-2; anything else counts as not told.
        weeks: completed weeks of pregnancy, or None.
        days: and days, 0 to 6, or None.
        born_alive: or None if she did not say.
    """
    if born_alive:
        return "neonatal_death"
    if weeks is None:
        return ""
    at = weeks * DAYS_A_WEEK + (days or 0)
    line = LINE.get(country)
    from_here, to_here = (line.days, line.days) if line else (LOWEST_LINE, HIGHEST_LINE)
    if at >= to_here:
        return "stillbirth"
    if at >= from_here:
        return ""
    return "late_miscarriage" if at >= LATE_FROM else "miscarriage"


def name_of_loss(
    country: str,
    *,
    own_word: str = "",
    kinds: Collection[str] = (),
    weeks: int | None = None,
    days: int | None = None,
    born_alive: bool | None = None,
    speech: Speech = PLAIN,
) -> str:
    """What a loss is called on her pages: her own word, or the kind that she ticked if it is a word, or the local word.

    The line between miscarriage and stillbirth never takes back a word that she chose.
    """
    if own_word:
        return own_word
    chosen = [kind for kind in kinds if kind not in SAY_THEIR_NAME]
    if chosen:
        return ", ".join(speech.say("kind", kind) for kind in chosen)
    word = local_word(country, weeks=weeks, days=days, born_alive=born_alive)
    if word:
        return speech.say("local_word", word)
    return ", ".join(speech.say("kind", kind) for kind in kinds) or speech.say("local_word", "loss")


def line_in_words(country: str) -> str:
    """The rule of a country with its source, for whoever meets the word in papers; "" for a country without a row."""
    line = LINE.get(country)
    if line is None:
        return ""
    return _(
        "%(country)s: papers say stillbirth from %(rule)s on. Source: %(source)s; not yet confirmed by this place."
    ) % {
        "country": country_name(country),
        "rule": line.rule,
        "source": line.source,
    }
