"""Whether two texts are the same, or nearly, told from numbers that are kept for a day and hold no words.

Both are made under the day's key (`members.limits.key_of_today`): once the day is over nobody can try out what was
written.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

from leeward.members.names import key_of

LONG_ENOUGH = 8
"""From so many words on a text is hardly anybody else's: "I am so sorry for your loss" is everybody's."""
LONG_ENOUGH_TO_LIKEN = 20
"""From so many words on a text is likened to others: shorter ones are alike because people are."""
ALIKE = 15
"""In at most so many of 64 bits the likenesses of nearly the same texts differ; those of two others, in about 32.

One word changed in 25 moves about 10 bits, in 40 about 8. Of 80,000 pairs of strangers one comes so near by chance.
"""
_SHINGLE = 3
_LOOKED_AT = 400
"""So many words of a long text are likened."""
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text without case, accents, punctuation and unseen signs; letters that look alike made one."""
    apart = unicodedata.normalize("NFKD", key_of(text).replace("'", "").replace("’", ""))
    unseen = {ord(sign): None for sign in set(apart) if unicodedata.category(sign) in {"Mn", "Cf"}}
    return _WORD.findall(apart.translate(unseen) if unseen else apart)


def digest_of(words: list[str], key: bytes) -> str:
    """What stands for the words in a row: the same for the same words, however they are set apart."""
    return hmac.new(key, "".join(words).encode(), hashlib.sha256).hexdigest()


def likeness_of(words: list[str], key: bytes) -> int | None:
    """What stands for what the words are like, as a signed number of 64 bits; None if they are too few to tell.

    Each run of three words points in a random direction, made from its keyed hash; a bit says on which side of the
    middle their sum lies (Charikar, Similarity estimation techniques from rounding algorithms, 2002).
    """
    if len(words) < LONG_ENOUGH_TO_LIKEN:
        return None
    words = words[:_LOOKED_AT]
    runs = {" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
    directions = [hashlib.blake2b(run.encode(), key=key, digest_size=64).digest() for run in runs]
    middle = 255 * len(directions) / 2
    bits = sum(1 << at for at, column in enumerate(zip(*directions, strict=True)) if sum(column) > middle)
    return bits - (1 << 64) if bits >> 63 else bits


def are_alike(one: int, other: int) -> bool:
    """Whether two likenesses are those of nearly the same texts."""
    return ((one ^ other) & ((1 << 64) - 1)).bit_count() <= ALIKE
