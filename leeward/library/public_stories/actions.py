"""What is done with public stories: taken in, changed, approved, removed, and asked to be removed.

An editor's act is refused where the entry is no longer as her page showed it (`version`): two editors, two tabs or a
second press never undo each other in silence.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from leeward.audience.notes import NOTE, mask_of
from leeward.journeys.facts import Pair, pair_of
from leeward.library.actions import refuse_all_but_editors
from leeward.library.public_stories.addresses import digest_of_address, digest_of_text
from leeward.library.public_stories.models import Asker, PublicFact, PublicStory, RemovalAsked, Removed, State, Telling
from leeward.library.public_stories.reading.articles import Article
from leeward.library.public_stories.reading.suggesting import Suggestion
from leeward.library.public_stories.refusing import Refused, Why
from leeward.members.models import Member

MOST_WAITING = 20
"""So many requests of people equally near wait for one story; more would tell an editor nothing new."""


class ChangedMeanwhile(Exception):
    """Somebody else, or another tab, changed the entry since the page was opened. It is now `now`; None: gone."""

    def __init__(self, now: PublicStory | None) -> None:
        super().__init__("gone" if now is None else f"version {now.version}")
        self.now = now


class NotReady(ValueError):
    """Something without which no story is kept is missing."""


@dataclass(frozen=True)
class Said:
    """What an editor says of a story.

    Args:
        title: as it stands there.
        author: who wrote it; "" for not known.
        source: whose page it is.
        address: the link.
        published_on: None for not known.
        telling: the name of the one who tells; "" for none.
        place: among those of the same telling.
        summary: her own few sentences.
        ground: on what ground it is kept.
        told_by_herself: whether she states that the person told it publicly herself.
        facts: of the vocabulary.
        notes: content notes, as a mask.
    """

    title: str
    author: str
    source: str
    address: str
    published_on: datetime.date | None
    telling: str
    place: int
    summary: str
    ground: str
    told_by_herself: bool
    facts: tuple[Pair, ...]
    notes: int


def take_in(articles: Sequence[Article], *, by: Member | None = None, address: str = "") -> list[str]:
    """Lay articles on the editors' desk: all of them, or none.

    Args:
        articles: read.
        by: the editor; None: who runs the place, by a command.
        address: where the one article is, if its own text does not come from there.

    Returns:
        The refs of the new entries.

    Raises:
        PermissionDenied: she is no editor.
        Refused: one is here already, or was removed.
    """
    if by is not None:
        refuse_all_but_editors(by)
    with transaction.atomic():
        return [_take_in(article, article.address or address).ref for article in articles]


def change(story: PublicStory, said: Said, *, by: Member, seen: int) -> PublicStory:
    """Keep what an editor says of a story, and leave it where it is.

    Raises:
        PermissionDenied: she is no editor.
        ChangedMeanwhile: it is not as she saw it.
        Refused: the link is that of another entry, or was removed.
    """
    refuse_all_but_editors(by)
    with transaction.atomic():
        return _write(_locked(story, seen), said)


def approve(story: PublicStory, said: Said, *, by: Member, seen: int) -> PublicStory:
    """Put a story into the library. Its text, and the words that suggested something, are deleted in the same moment.

    Raises:
        NotReady: title, link, source, summary, ground or the statement is missing.
        PermissionDenied: she is no editor.
        ChangedMeanwhile: it is not as she saw it.
        Refused: the link is that of another entry, or was removed.
    """
    refuse_all_but_editors(by)
    needed = (said.title, said.source, said.address, said.summary, said.ground, said.told_by_herself)
    if not all(needed):
        raise NotReady
    with transaction.atomic():
        kept = _write(_locked(story, seen), said)
        kept.body, kept.suggested = "", {}
        if kept.state == State.SUGGESTED:
            kept.state, kept.approved_by, kept.approved_at = State.APPROVED, by, timezone.now()
        kept.save()
    return kept


def remove(story: PublicStory, *, by: Member, seen: int) -> None:
    """Take a story out for good. What stays is a keyed digest of its address and of its text.

    Raises:
        PermissionDenied: she is no editor.
        ChangedMeanwhile: it is not as she saw it.
    """
    refuse_all_but_editors(by)
    with transaction.atomic():
        held = _locked(story, seen)
        for digest in filter(None, (held.text_digest, held.address_digest)):
            Removed.objects.get_or_create(digest=digest)
        telling = held.telling
        held.delete()
        if telling is not None and not telling.stories.exists():
            telling.delete()


def keep(story: PublicStory, *, by: Member, seen: int) -> None:
    """Answer all who asked for its removal: it stays, and is shown again.

    Raises:
        PermissionDenied: she is no editor.
        ChangedMeanwhile: it is not as she saw it.
    """
    refuse_all_but_editors(by)
    with transaction.atomic():
        held = _locked(story, seen)
        held.hidden_at = None
        held.version += 1
        held.save(update_fields=["hidden_at", "version"])
        held.asked.filter(kept_at=None).update(kept_at=timezone.now())


def ask_for_removal(story: PublicStory, who: Asker, reason: str) -> bool:
    """Write down that somebody asks for a story's removal; whether it is out of sight now.

    A story that somebody says is hers goes out of sight at once, until an editor has decided: docs/decisions/0039.
    Once an editor has looked at such a request and kept the story, another does not hide it again by itself. Each that
    is written down changes the story's version, so that no editor answers one that she has not read.
    """
    with transaction.atomic():
        held = PublicStory.objects.select_for_update().filter(pk=story.pk, state=State.APPROVED).first()
        if held is None:
            return True
        looked_at = held.asked.filter(who=Asker.HERSELF).exclude(kept_at=None).exists()
        is_told = held.asked.filter(who=who, kept_at=None).count() < MOST_WAITING
        if is_told:
            RemovalAsked.objects.create(story=held, who=who, reason=reason)
            held.version += 1
        if who == Asker.HERSELF and not looked_at and held.hidden_at is None:
            held.hidden_at = timezone.now()
        held.save(update_fields=["hidden_at", "version"])
        return held.hidden_at is not None


def _take_in(article: Article, address: str) -> PublicStory:
    clean = article.clean
    story = PublicStory(
        title=clean.title[:300],
        author=clean.author[:200],
        source=clean.source[:200],
        address=address,
        published_on=clean.date,
        language=article.language,
        notes=mask_of(note.key for note in article.notes if note.key in NOTE),
        place=article.order,
        body=clean.text,
        suggested={
            "facets": _as_rows(article.facets),
            "weeks": _as_rows(article.weeks),
            "notes": _as_rows(article.notes),
            "order": list(article.times.words),
            "title_is_caption": clean.title_is_caption,
        },
        text_digest=digest_of_text(clean.text),
    )
    if len(address) > 1000:
        raise Refused(Why.ADDRESS)
    _know_address(story, address)
    _refuse_removed(story.text_digest)
    if PublicStory.objects.filter(text_digest=story.text_digest).exists():
        raise Refused(Why.KNOWN, clean.title)
    story.telling = _telling_named(article.told_by)
    try:
        with transaction.atomic():
            story.save()
    except IntegrityError as taken:  # brought in twice at once
        raise Refused(Why.KNOWN, clean.title) from taken
    _set_facts(story, [pair_of(facet.key) for facet in article.facets])
    return story


def _write(story: PublicStory, said: Said) -> PublicStory:
    _know_address(story, said.address)
    before = story.telling
    for name in ("title", "author", "source", "address", "published_on", "place", "summary", "ground"):
        setattr(story, name, getattr(said, name))
    story.told_by_herself, story.notes = said.told_by_herself, said.notes
    story.telling = _telling_named(said.telling)
    story.version += 1
    try:
        with transaction.atomic():
            story.save()
    except IntegrityError as taken:
        raise Refused(Why.KNOWN) from taken
    if before is not None and before != story.telling and not before.stories.exists():
        before.delete()
    _set_facts(story, said.facts)
    return story


def _know_address(story: PublicStory, address: str) -> None:
    story.address_digest = digest_of_address(address)
    if story.address_digest is None:
        return
    _refuse_removed(story.address_digest)
    if PublicStory.objects.filter(address_digest=story.address_digest).exclude(pk=story.pk).exists():
        raise Refused(Why.KNOWN)


def _refuse_removed(digest: str) -> None:
    if Removed.objects.filter(digest=digest).exists():
        raise Refused(Why.REMOVED)


def _telling_named(name: str) -> Telling | None:
    said = " ".join(name.split())[:200]
    return Telling.objects.get_or_create(name=said)[0] if said else None


def _set_facts(story: PublicStory, pairs: Iterable[Pair]) -> None:
    story.facts.all().delete()
    PublicFact.objects.bulk_create(PublicFact(story=story, facet=facet, key=key) for facet, key in dict.fromkeys(pairs))


def _locked(story: PublicStory, seen: int) -> PublicStory:
    held = PublicStory.objects.select_for_update().filter(pk=story.pk).first()
    if held is None or held.version != seen:
        raise ChangedMeanwhile(held)
    return held


def _as_rows(suggestions: Iterable[Suggestion]) -> list[list[object]]:
    return [[one.key, [[words.start, words.end] for words in one.because]] for one in suggestions]
