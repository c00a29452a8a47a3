"""Words that a member would rather not meet in answers: which, and where they stand in a text.

Words are compared without regard to case, spaces, apostrophes, accents, hyphens and simple plurals, and only whole.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from leeward.kit.statements import asked
from leeward.members.models import Member
from leeward.moderation.models import HardPhrase

FOLDER = Path(__file__).parent / "hard_phrases"
"""The common ones, a file for each language."""
_WORD = re.compile(r"[^\W_](?:[^\W_]|['’‘ʼ`´\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])*")
"""A word with what may stand inside it and is not compared: apostrophes, and signs that are not seen."""


_Wanted = tuple[tuple[str, ...], str]
"""The words that are looked for, in the form in which they are compared, and the key of their kind."""


@dataclass(frozen=True)
class Common:
    """One entry of the closed list.

    Args:
        words: how it is shown, and kept when somebody ticks it.
        wordings: all that is looked for, `words` among them.
        kind: the key of a phrase of the language that says why it hurts many; "" if there is none.
        everybody: whether it opens a pause whoever told the story.
    """

    words: str
    wordings: tuple[str, ...]
    kind: str = ""
    everybody: bool = False

    @cached_property
    def key(self) -> str:
        """The form in which it is compared."""
        return key_of(self.words)

    @cached_property
    def wanted(self) -> tuple[_Wanted, ...]:
        """All that is looked for, as it is compared, with the key of its kind."""
        return tuple((tuple(key_of(wording).split()), self.kind) for wording in self.wordings)


@dataclass(frozen=True)
class Found:
    """Where a phrase stands in a text, in characters.

    Args:
        start: where it begins.
        end: where it ends.
        kind: the key of the phrase that says why it hurts many; "" if there is none.
    """

    start: int
    end: int
    kind: str = ""


def common_phrases() -> tuple[Common, ...]:
    """The closed list of this place's language; empty where there is none."""
    return _common(settings.LANGUAGE_CODE.partition("-")[0])


def phrases_of(member: Member) -> list[str]:
    """What a member would rather not meet, as she worded it, in the order of the alphabet."""
    return sorted((words for (words,) in _words_of_hers(member=member.pk)), key=str.casefold)


@asked
def _words_of_hers(*, member: int) -> QuerySet[HardPhrase, tuple[str]]:
    return HardPhrase.objects.filter(member_id=member).values_list("words")


def found_of(phrases: Iterable[str], text: str) -> list[Found]:
    """Where these phrases stand in a text: each in all its wordings if it is on the closed list."""
    known = {common.key: common for common in common_phrases()}
    searched: list[_Wanted] = []
    for words in phrases:
        common = known.get(key_of(words))
        searched += common.wanted if common else [(tuple(key_of(words).split()), "")]
    return _found(searched, text)


def found_for_everybody(text: str) -> list[Found]:
    """Where those of the closed list stand that open a pause whoever told the story."""
    return _found([one for common in common_phrases() if common.everybody for one in common.wanted], text)


def key_of(words: str) -> str:
    """The form in which two phrases are one; empty if there is no word in them."""
    return " ".join(key for _start, _end, key in _words_of(words))


def _found(searched: Sequence[_Wanted], text: str) -> list[Found]:
    """Each place once, in the order of the text; the longest where several begin."""
    words = list(_words_of(text)) if searched else []
    keys = tuple(key for _start, _end, key in words)
    places: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        places.setdefault(key, []).append(at)
    found: dict[int, Found] = {}
    for wanted, kind in searched:
        for at in places.get(wanted[0], ()) if wanted else ():
            if keys[at : at + len(wanted)] == wanted:
                start, end = words[at][0], words[at + len(wanted) - 1][1]
                if start not in found or found[start].end < end:
                    found[start] = Found(start, end, kind)
    return [found[start] for start in sorted(found)]


def _words_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word: where it begins and ends, and the form in which it is compared."""
    for match in _WORD.finditer(text):
        plain = unicodedata.normalize("NFKD", match[0]).casefold()
        key = plain if plain.isalnum() else "".join(filter(str.isalnum, plain))
        if key:
            yield match.start(), match.end(), _singular(key)


def _singular(word: str) -> str:
    """A word without the ending of a simple plural: angels and angel, babies and baby are compared as one."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


@cache
def _common(language: str) -> tuple[Common, ...]:
    path = FOLDER / f"{language}.toml"
    if not path.exists():
        return ()
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["phrase"]
    return tuple(
        Common(row["words"], (row["words"], *row.get("also", ())), row.get("kind", ""), row.get("everybody", False))
        for row in rows
    )
