"""Who tells in an article: the one who wrote it, or somebody whom it tells of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from leeward.language.wording import levelled
from leeward.library.public_stories.reading.rules import patterns_of

_NAME = re.compile(
    r"\b[A-Z][\w’'-]*[a-z](?:[ \t]+(?:(?:de|van|von|der|al|bin|ní|la|le|du)[ \t]+)?[A-Z][\w’'-]*[a-z]){0,2}"
)
_QUOTED = re.compile(r"[\"“][^\"“”\n]*(?:[\"”]|$)", re.MULTILINE)
_I = frozenset({"i", "i'm", "i've", "i'd", "i'll", "my", "me", "we", "our", "us", "myself"})
_SHE = frozenset({"she", "her", "she's", "she'd", "herself"})
_HE = frozenset({"he", "his", "him", "he's", "he'd", "himself"})
_LEAST_I = 4


class Voice(StrEnum):
    """In which person an article tells."""

    FIRST = "first"
    THIRD = "third"


@dataclass(frozen=True)
class Teller:
    """Who tells, as the text shows it.

    Args:
        voice: the person in which it is told.
        names: the names that the text has for her, the longest first; none where she says "I" of herself.
        is_he: whether the text says "he" of the one who tells.
    """

    voice: Voice
    names: tuple[str, ...] = ()
    is_he: bool = False

    @property
    def name(self) -> str:
        """The longest name; "" if there is none."""
        return self.names[0] if self.names else ""


def teller_of(title: str, text: str, language: str = "en") -> Teller:
    """Who tells in an article."""
    told = _QUOTED.sub(" ", text)
    counts = Counter(re.findall(r"[\w']+", levelled(told)))
    first, she, he = (sum(counts[word] for word in words) for words in (_I, _SHE, _HE))
    if first >= _LEAST_I and first * 2 >= she + he:
        return Teller(Voice.FIRST)
    return Teller(Voice.THIRD, _names(title, told, language), is_he=he > she and not _carried(told))


def _carried(told: str) -> bool:
    """Whether a text says that a woman carried, however often it speaks of a boy."""
    return bool(re.search(r"\b(?:she|her)\b[^.]{0,60}\b(?:pregnan|miscarr|gave birth|lost her)", told, re.IGNORECASE))


def _names(title: str, told: str, language: str) -> tuple[str, ...]:
    """The name that a text has most often, and its parts."""
    no_name = patterns_of(language).no_name
    full: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    for match in _NAME.finditer(f"{title}\n{told}"):
        words = [re.sub(r"[’']s$", "", word) for word in match.group().split()]
        while words and words[0] in no_name:
            words.pop(0)
        while words and words[-1] in no_name:
            words.pop()
        if not words:
            continue
        parts.update(set(words))
        if len(words) > 1:
            full[" ".join(words)] += 1
    if full:
        best = max(full, key=lambda name: (sum(parts[word] for word in name.split()[-1:]) + full[name] * 2, -len(name)))
        return (best, *dict.fromkeys(reversed(best.split())))
    alone = [name for name, count in parts.most_common(1) if count > 2]
    return tuple(alone)
