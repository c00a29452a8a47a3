"""An article, read: all that is suggested of it, and its place among the articles of the same telling."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language_info

from leeward.library.public_stories.reading.cleaning import Clean, Known, cleaned
from leeward.library.public_stories.reading.placing import Dated, Times, orders, times_of
from leeward.library.public_stories.reading.rules import languages
from leeward.library.public_stories.reading.suggesting import Suggestion, facets_in, notes_in_text, weeks_told
from leeward.library.public_stories.reading.tellers import Teller, Voice, teller_of
from leeward.library.public_stories.reading.tongues import language_of
from leeward.library.public_stories.refusing import Refused, Why

LONGEST = 80_000
"""Characters of an article: several times what a long magazine story has."""
LEAST_WORDS = 40
"""With fewer words there is no telling what a text is of."""


@dataclass(frozen=True)
class Article:
    """An article with what it suggests.

    Args:
        origin: the file or address that was named.
        clean: its title, text, author, source and date.
        language: its code.
        teller: who tells in it.
        facets: those of the vocabulary.
        weeks: of pregnancies that were lost.
        notes: content notes.
        times: what it says of when it was written.
        order: its place among those of the same telling that were read with it.
        address: where it was in the end; "" for a file.
    """

    origin: str
    clean: Clean
    language: str
    teller: Teller
    facets: tuple[Suggestion, ...]
    weeks: tuple[Suggestion, ...]
    notes: tuple[Suggestion, ...]
    times: Times
    order: int = 1
    address: str = ""

    @property
    def told_by(self) -> str:
        """The name of the one whose story it is, as the article has it; "" if it does not say."""
        if self.teller.voice is Voice.THIRD:
            return self.teller.name
        return "" if self.clean.told_to else self.clean.author


def read(raw: str, origin: str, known: Known | None = None) -> Article:
    """Read an article.

    Args:
        raw: its plain text.
        origin: the file or address that it is from.
        known: what is known of it from elsewhere.

    Raises:
        Refused: it is empty, too long or too short, or in a language that is not read here.
    """
    if not raw.strip():
        raise Refused(Why.EMPTY)
    if len(raw) > LONGEST:
        raise Refused(Why.TOO_LONG)
    clean = cleaned(raw, known)
    if len(re.findall(r"[^\W\d_]+", clean.text)) < LEAST_WORDS:
        raise Refused(Why.TOO_SHORT)
    language = language_of(clean.text)
    if language not in languages():
        raise Refused(Why.LANGUAGE, _name_of(language))
    teller = teller_of(clean.title, clean.text, language)
    facets = facets_in(clean.text, teller, language)
    return Article(
        origin=origin,
        clean=clean,
        language=language,
        teller=teller,
        facets=tuple(facets),
        weeks=tuple(weeks_told(clean.text, teller, language)),
        notes=tuple(notes_in_text(clean.text, facets, language)),
        times=times_of(clean.text, teller, [facet.key for facet in facets], language),
    )


def placed(articles: Sequence[Article]) -> list[Article]:
    """The articles with their places among those of the same telling."""
    tellings: dict[object, list[int]] = defaultdict(list)
    for nth, article in enumerate(articles):
        tellings[" ".join(article.told_by.casefold().split()) or nth].append(nth)
    found = list(articles)
    for members in tellings.values():
        places = orders([Dated(articles[nth].clean.date, articles[nth].times) for nth in members])
        for nth, place in zip(members, places, strict=True):
            found[nth] = replace(articles[nth], order=place)
    return found


def _name_of(language: str | None) -> str:
    try:
        return str(get_language_info(language)["name"]) if language else ""
    except KeyError:
        return language or ""
