"""How a term is said: in the member's own word, else in the host's, else in the vocabulary's.

A host replaces words in `words.toml` in the data folder, read once at the start:

    [kind]
    tfmr = "Compassionate induction"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leeward.audience.prepared import prepared
from leeward.audience.viewers import Viewer
from leeward.journeys.models import OwnWord
from leeward.journeys.terms import OWN_WORDS, RATHER_NOT_SAY
from leeward.journeys.vocabulary import FACET
from leeward.members.models import Member

WordsOf = Mapping[tuple[str, str], str]
"""Words by (facet, term)."""


class UnknownTerm(ValueError):
    """The host's file replaces a word that there is not."""


@cache
def host_words() -> WordsOf:
    """The host's words, from `words.toml` in the data folder; empty if there is no such file.

    Raises:
        UnknownTerm: a table or key that the vocabulary does not have, or a word that is no text.
        tomllib.TOMLDecodeError: the file is no TOML.
    """
    return words_in(settings.DATA / "words.toml")


def words_in(path: Path) -> WordsOf:
    """The words in a host's file; empty if there is none. Raises as `host_words` does."""
    if not path.exists():
        return {}
    found: dict[tuple[str, str], str] = {}
    for facet, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
        known = {term.key for term in FACET[facet].terms} if facet in FACET else set()
        if not isinstance(words, dict):
            raise UnknownTerm(f"{path.name}: {facet!r} must be a table of words.")
        for key, word in words.items():
            if key not in known or not isinstance(word, str) or not word.strip():
                raise UnknownTerm(f"{path.name}: there is no word {facet}.{key} to replace by {word!r}.")
            found[facet, key] = word.strip()
    return found


@dataclass(frozen=True)
class Speech:
    """How the place speaks to one person.

    Args:
        own: her own words in place of the vocabulary's.
    """

    own: WordsOf = field(default_factory=dict)

    def say(self, facet: str, key: str) -> str:
        """A term as it is shown to her. A term that is no more is shown as its key."""
        replaced = self.replaced(facet, key)
        if replaced:
            return replaced
        if key == RATHER_NOT_SAY:
            return _("I'd rather not say")
        if key == OWN_WORDS:
            return _("In my own words")
        try:
            return str(FACET[facet].term(key).label)
        except KeyError:
            return key

    def replaced(self, facet: str, key: str) -> str:
        """The word that she or the host put in place of this term's, or ""."""
        return self.own.get((facet, key)) or host_words().get((facet, key), "")

    def also(self, facet: str, key: str) -> str:
        """A term as a reason why a story is near: "also through IVF"; "" for one that is never compared."""
        phrase = FACET[facet].term(key).also
        replaced = self.replaced(facet, key)
        if phrase and replaced:
            return _("also: %(word)s") % {"word": replaced}
        return str(phrase)


PLAIN = Speech()
"""How the place speaks to somebody who has not said how: in the host's words."""


def speech_of(member: Member) -> Speech:
    """How the place speaks to a member: ask once for a page, then say many words. One question."""
    return Speech({(facet, key): word for facet, key, word in _own_words_of(Viewer(member.pk))})


@prepared
def _own_words_of(she: Viewer) -> QuerySet[OwnWord, tuple[str, str, str]]:
    return OwnWord.objects.filter(member_id=she.member_id).values_list("facet", "key", "word")


def say(facet: str, key: str) -> str:
    """One term as it is shown to anyone: in the host's word, else in the vocabulary's."""
    return PLAIN.say(facet, key)
