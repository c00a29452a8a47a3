"""Keep which words a member would rather not meet."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from leeward.members.models import Member
from leeward.members.turns import once_at_a_time
from leeward.moderation.models import HardPhrase
from leeward.moderation.phrases import common_phrases, key_of

MOST_OWN = 30
"""Most phrases of her own."""
LONGEST = 80
"""Longest phrase, in characters."""
SHORTEST_KEY = 3
"""Fewest letters of a phrase: shorter ones stand in every answer."""


class NotAPhrase(ValueError):
    """One of the words is too long, too short, or they are too many."""


def keep_phrases(member: Member, wanted: Iterable[str]) -> None:
    """Keep these phrases and no others. What is the same as an entry of the closed list is that entry.

    Raises:
        NotAPhrase: one is too short or too long, or there are too many of her own.
    """
    common = {key_of(entry.words): entry.words for entry in common_phrases()}
    phrases = {key_of(words): " ".join(words.split()) for words in wanted}
    if any(len(key) < SHORTEST_KEY for key in phrases) or any(len(words) > LONGEST for words in phrases.values()):
        raise NotAPhrase("A phrase is too short or too long.")
    if len(phrases.keys() - common.keys()) > MOST_OWN:
        raise NotAPhrase("These are too many phrases.")
    kept = {common.get(key, words) for key, words in phrases.items()}
    with transaction.atomic():
        once_at_a_time(member)
        hers = HardPhrase.objects.filter(member=member)
        hers.exclude(words__in=kept).delete()
        new = kept - set(hers.values_list("words", flat=True))
        HardPhrase.objects.bulk_create([HardPhrase(member=member, words=words) for words in sorted(new)])
