"""Whose words an article has, and the article as if the one who tells had said all of it herself.

The rules for what a member tells (`leeward.language.told`) read the first person. An article tells of somebody in the
third, and lets others speak between. Here both are put right: what others say is left out, and what is told of her is
turned ("she lost her son" becomes "i lost my son"). Every character knows where it stood, so that the words that
suggest something can be shown exactly as the article has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from leeward.language.wording import levelled
from leeward.library.public_stories.reading.rules import patterns_of
from leeward.library.public_stories.reading.speech import Stretch, stretches
from leeward.library.public_stories.reading.tellers import Teller, Voice

_WORD = re.compile(r"[\w'’]+|[^\w'’]+")
_FIRST = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|my|me|we|we're|we've|our|us)\b")
_SENTENCE = re.compile(r"(?<=[.!?…])(?=[\s\"')])|\n")
_SHE = {"she": "i", "herself": "myself", "hers": "mine", "she's": "i'm", "she'd": "i'd", "she'll": "i'll"}
_HE = {"he": "i", "him": "me", "himself": "myself", "his": "my", "he's": "i'm", "he'd": "i'd", "he'll": "i'll"}
_THEY = {"they": "we", "their": "our", "them": "us", "themselves": "ourselves", "they'd": "we'd", "they're": "we're"}
_YOU = {"you": "i", "your": "my", "you're": "i'm", "you've": "i've", "you'd": "i'd", "yourself": "myself"}
_AFTER_I = {"is": "am", "has": "have", "does": "do", "isn't": "am not", "hasn't": "haven't", "doesn't": "don't"}
_BETWEEN = {"also", "still", "now", "then", "never", "always", "later", "recently", "only", "once", "often"}
_NO_VERB = {
    "was",
    "this",
    "less",
    "as",
    "us",
    "its",
    "his",
    "always",
    "perhaps",
    "has",
    "is",
    "does",
    "previous",
    "yes",
}


@dataclass(frozen=True)
class Turned:
    """An article in the words of the one who tells.

    Args:
        text: it.
        starts: where each of its characters stood in the article.
        whole: the article itself.
    """

    text: str
    starts: tuple[int, ...]
    whole: str

    def words(self, start: int, end: int) -> tuple[int, int, str]:
        """Where a place of the turned text stood, and the words that stand there, whole."""
        begins = self.starts[start]
        ends = self.starts[end - 1] + 1
        while ends < len(self.whole) and (self.whole[ends].isalnum() or self.whole[ends - 1 : ends + 1] == "'s"):
            ends += 1
        return begins, ends, self.whole[begins:ends]


def turned(text: str, teller: Teller, language: str = "en") -> Turned:
    """The article as the one who tells would say it, without what others say in it."""
    said: list[str] = []
    starts: list[int] = []
    for stretch in stretches(text, teller, language):
        if stretch.by_other:
            said.append("\n")
            starts.append(stretch.start)
            continue
        for word, at, length in _words(text, stretch, teller, language):
            said.append(word)
            starts += [at + min(nth, length - 1) for nth in range(len(word))]
    return Turned("".join(said), tuple(starts), text)


def _words(text: str, stretch: Stretch, teller: Teller, language: str) -> list[tuple[str, int, int]]:
    """The words of one stretch, turned: each with where it stood and how long it was."""
    found: list[tuple[str, int, int]] = []
    for begins, ends in _sentences(text, stretch):
        level = levelled(text[begins:ends])
        table = _table(level, stretch, teller)
        found += [(word, begins + at, length) for word, at, length in _turn(level, table, teller, language)]
    return found


def _sentences(text: str, stretch: Stretch) -> list[tuple[int, int]]:
    edges = [stretch.start]
    edges += [match.end() for match in _SENTENCE.finditer(text, stretch.start, stretch.end)]
    edges.append(stretch.end)
    return [(one, other) for one, other in pairwise(edges) if one < other]


def _table(level: str, stretch: Stretch, teller: Teller) -> dict[str, str]:
    """Which words of a sentence are turned into which."""
    if stretch.quoted or teller.voice is Voice.FIRST:
        general = stretch.quoted and not _FIRST.search(level)
        return _YOU if general else {}
    return {**(_HE if teller.is_he else _SHE), **_THEY}


def _turn(level: str, table: dict[str, str], teller: Teller, language: str) -> list[tuple[str, int, int]]:
    if table and table is not _YOU:
        named = _naming(teller, language)
        spans = [(match.start(), match.end(), _as_said(match.group())) for match in named.finditer(level)]
    else:
        spans = []
    found: list[tuple[str, int, int]] = []
    at = 0
    for begins, ends, instead in spans:
        found += _turn_words(level, at, begins, table, language)
        found.append((instead, begins, ends - begins))
        at = ends
    found += _turn_words(level, at, len(level), table, language)
    return _agreeing(found) if table else found


def _as_said(named: str) -> str:
    if named.startswith(("the couple", "the pair", "the two", "the family", "the parents")):
        return "we"
    return "my" if named.endswith(("'s", "s'")) else "i"


def _turn_words(level: str, at: int, end: int, table: dict[str, str], language: str) -> list[tuple[str, int, int]]:
    words = patterns_of(language)
    found = []
    for match in _WORD.finditer(level, at, end):
        word = match.group()
        instead = table.get(word, word)
        if word == "her" and "she" in table:
            instead = "me" if words.her_alone.match(level, match.end()) else "my"
        if word in {"she", "he"} and words.of_the_child.match(level, match.end()):
            instead = word
        found.append((instead, match.start(), match.end() - match.start()))
    return found


def _agreeing(words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Verbs behind an "i" as "i" has them: "i feels" is "i feel"."""
    found = []
    last = ""
    for word, at, length in words:
        said = word
        if last == "i" and word.strip() and word[0].isalpha():
            said = _AFTER_I.get(word, _without_s(word))
        found.append((said, at, length))
        if word.strip(" ") and not (last == "i" and word in _BETWEEN):
            last = word
    return found


def _without_s(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss") or word in _NO_VERB:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "oes")) else word[:-1]


@cache
def _naming(teller: Teller, language: str) -> re.Pattern[str]:
    """The names by which an article names the one who tells, and other words for her."""
    words = patterns_of(language)
    names = sorted((re.escape(levelled(name)) for name in teller.names), key=len, reverse=True)
    rows = [rf"\b(?:{'|'.join(names)})(?:'s|s')?(?!\w)"] if names else []
    named = "|".join([*rows, words.again.pattern, words.couple.pattern])
    return re.compile(rf"(?:{named})(?:, (?:aged )?[1-9]\d,| \([1-9]\d\))?")  # newspapers put an age behind it
