"""The rows of the great place: one story that a world reads, two beside it that are shorter and longer, and all others.

One story has 405,000 words said to it and 8,000 answers by 5,000 members, as a public post of this kind had. Beside it
stand one of a tenth and one of ten times that length, and 100,000 others with ten answers each. Readers differ: whom
they block, what they asked not to meet, on which ways they are, what they told. The words mean nothing.
"""

from __future__ import annotations

import datetime
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.great_size import GreatSize
from benchmarks.invented import Words
from benchmarks.population import NOTE_IS_TICKED, STARTS
from benchmarks.rows import Rows, Table
from leeward.audience.models import EVERYONE, MEMBERS, Block, Mute, Ring, RingKind, RingMember, Shield, Wall
from leeward.audience.notes import NOTES
from leeward.audience.shared import State
from leeward.circles.models import Presence, PresenceAudience
from leeward.journeys.models import Fact, Loss
from leeward.journeys.presets import EDITION
from leeward.journeys.terms import About
from leeward.journeys.vocabulary import FACET
from leeward.journeys.ways import WAYS
from leeward.kit.moments import DAY, FAR_FUTURE
from leeward.members.models import Member
from leeward.moderation.models import FirstTexts
from leeward.search.models import IndexedDocument
from leeward.stories.models import Answer, Reaction, ReactionWord, ShownFact, Story, StoryAudience

SEED = 20261121
ROWS = 1
"""To be raised when the rows below become others: what is stored is then made anew."""
YEAR = 365 * DAY
TOLD = ("kind", "how", "path", "now", "heart", "support", "remembrance")
"""The questions that members of this place answered."""


MANY_BLOCKED = (0, 3, 20, 300)
"""How many writers a reader blocks: one number for each quarter of them."""
NOTES_KEPT = (0, 3, 8)
"""How many content notes are kept from a reader: one number for each third of them."""
KEEPERS = 2
"""The last members moderate; the very last is the host."""


def embedder_tag() -> str:
    """Which embedder the place has: what is said to be embedded by it is not embedded while it is measured."""
    from leeward.language.folders import language_folder  # noqa: PLC0415  # not where only rows are looked at
    from leeward.search.management.commands.keep_finding import tag_of  # noqa: PLC0415  # the same

    return tag_of(language_folder("en"))


@dataclass
class GreatCrowd:
    """Everything about the place that its parts must agree on. The same on every machine."""

    size: GreatSize
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))

    def __post_init__(self) -> None:
        self.words = Words(self.chance)
        step = YEAR // self.size.stories
        self.moments = [STARTS + step * number for number in range(self.size.stories + 1)]
        self.facts = {story: self._facts() for story in range(1, self.size.stories + 1)}

    def tables(self) -> Iterator[Table]:
        """All rows, in an order in which each points only at rows that are there."""
        size = self.size
        yield Table(Member, ("id", *_MEMBER), self._members(), size.members)
        ways = ((ring, RingKind.WAY, None, way) for ring, way in enumerate(_ways(), 1))
        yield Table(Ring, ("id", "kind", "owner_id", "way"), ways, len(WAYS))
        yield Table(RingMember, ("ring_id", "member_id", "counts_from"), self._on_ways(), size.members // 2)
        yield from self._sparing()
        yield Table(Story, ("id", *_SHARED, "title", "text"), self._stories(), size.stories)
        yield Table(StoryAudience, ("thing_id", "ring_id", "at"), self._audiences(), size.stories)
        shown = ((story, *pair) for story, pairs in self.facts.items() for pair in pairs)
        yield Table(ShownFact, ("story_id", "facet", "key"), shown, 4 * size.stories)
        answers = size.stories * size.answers_each + sum(size.lengths)
        yield Table(Answer, (*_SHARED, "story_id", "text", "by_teller"), self._answers(), answers)
        yield Table(Reaction, ("story_id", "member_id", "word", "at"), self._reactions(), sum(size.words))
        yield from self._found()
        yield from self._told()

    def _members(self) -> Rows:
        day = datetime.date(2023, 11, 14)
        for member in range(1, self.size.members + 1):
            keeps = member > self.size.members - KEEPERS
            roles = (True, keeps, member == self.size.members, False, False)
            yield member, "!", f"Member {member}", f"member {member}", self._ref(), "", day, *roles

    def _on_ways(self) -> Rows:
        """Each reader on three ways; of the others, every second on one."""
        for member in range(1, self.size.members + 1):
            many = 3 if member <= self.size.readers else member % 2
            for ring in self.chance.sample(range(1, len(WAYS) + 1), many):
                yield ring, member, STARTS

    def _sparing(self) -> Iterator[Table]:
        blocks = sorted(self._blocks())
        stamped = ((blocker, blocked, STARTS) for blocker, blocked in blocks)
        yield Table(Block, ("blocker_id", "blocked_id", "at"), stamped, len(blocks))
        walls = sorted({*blocks, *((b, a) for a, b in blocks)})
        yield Table(Wall, ("a_id", "b_id"), iter(walls), len(walls))
        masks = ((reader, self._mask(reader)) for reader in self._readers())
        shields = ((reader, mask, mask, mask, EDITION) for reader, mask in masks)
        yield Table(Shield, ("member_id", "notes", "by_hand", "seen", "edition"), shields, self.size.readers)
        muted = ((reader, self.size.writers - number) for reader in self._readers() for number in range(reader % 4))
        yield Table(Mute, ("member_id", "muted_id"), muted, 2 * self.size.readers)
        released = ((writer, 5) for writer in range(1, self.size.writers + 1))
        yield Table(FirstTexts, ("member_id", "released"), released, self.size.writers)

    def _blocks(self) -> set[tuple[int, int]]:
        blocks = set[tuple[int, int]]()
        for reader in self._readers():
            many = min(MANY_BLOCKED[reader % len(MANY_BLOCKED)], self.size.writers // 4)
            for other in self.chance.sample(range(self.size.readers + 1, self.size.writers + 1), many):
                blocks.add((reader, other) if other % 2 else (other, reader))
        while len(blocks) < self.size.blocks:
            blocker, blocked = self.chance.sample(range(self.size.writers + 1, self.size.members + 1), 2)
            blocks.add((blocker, blocked))
        return blocks

    def _mask(self, reader: int) -> int:
        """The last note stands on the great stories, and is kept from nobody who measures them."""
        return sum(note.bit for note in self.chance.sample(NOTES[:-1], NOTES_KEPT[reader % len(NOTES_KEPT)]))

    def _stories(self) -> Rows:
        for story in range(1, self.size.stories + 1):
            great = story <= len(self.size.lengths)
            notes = NOTES[-1].bit if great else self._notes(NOTE_IS_TICKED)
            row = self._shared(self._teller(story), self.moments[story], notes, great or self.chance.random() < 0.9)
            text = self.words.text(3_000, 4_000) if great else self.words.text(300, 6_000)
            yield story, *row, f"Story {story}", text

    def _teller(self, story: int) -> int:
        """Of the great stories three who neither look nor keep the place; of the others a fifth of all members."""
        if story <= len(self.size.lengths):
            return self.size.members - KEEPERS - story
        return 1 + self.chance.randrange(self.size.members // 5)

    def _audiences(self) -> Rows:
        """25 % for everyone, 45 % for members, 25 % for a way, 5 % for nobody; the great ones for everyone."""
        for story in range(1, self.size.stories + 1):
            kind, way = self.chance.random(), self.chance.randint(1, len(WAYS))
            if story <= len(self.size.lengths):
                yield story, EVERYONE, self.moments[story]
            elif kind < 0.95:
                yield story, EVERYONE if kind < 0.25 else MEMBERS if kind < 0.7 else way, self.moments[story]

    def _answers(self) -> Rows:
        """In the order in which they came, all stories mixed: the rows of one lie far apart, as in a real place."""
        size = self.size
        under = [story for story in range(1, size.stories + 1) for _each in range(size.answers_each)]
        for place, length in enumerate(size.lengths, 1):
            under += [place] * (length - size.answers_each)
        self.chance.shuffle(under)
        step = YEAR // len(under)
        for place, story in enumerate(under, 1):
            by = size.writers if story <= len(size.lengths) else size.members
            at, signed = self.moments[-1] + place * step, self.chance.random() < 0.9
            row = self._shared(1 + self.chance.randrange(by), at, self._notes(0.03), signed)
            yield *row, story, self.words.text(120, 700), False

    def _reactions(self) -> Rows:
        """Everybody says one word to the great story, and all three to the longer."""
        for story, many in enumerate(self.size.words, 1):
            for number in range(many):
                turn, member = divmod(number, self.size.members)
                word = ReactionWord.values[(member + turn) % len(ReactionWord.values)]
                yield story, member + 1, word, self.moments[-1] + number

    def _found(self) -> Iterator[Table]:
        """Who can be found, and the index: by facts and titles, since nothing measured here asks for words of texts.

        Nothing in it waits to be embedded.
        """
        tag, first = embedder_tag(), self.size.stories
        people = range(1, self.size.presences + 1)
        told = {one: " ".join(sorted(f"{facet}:{key}" for facet, key in self._facts())) for one in people}
        rows = ((one, *self._shared(2 * one, self.moments[one % first], 0, True), f"Here {one}") for one in people)
        yield Table(Presence, ("id", *_SHARED, "text"), rows, len(people))
        audiences = ((one, MEMBERS, self.moments[one % first]) for one in people)
        yield Table(PresenceAudience, ("thing_id", "ring_id", "at"), audiences, len(people))
        yield Table(IndexedDocument, _DOCUMENT, self._documents(tag, told), first + len(people))

    def _documents(self, tag: str, told: dict[int, str]) -> Rows:
        for story, pairs in self.facts.items():
            facts = " ".join(sorted(f"{facet}:{key}" for facet, key in pairs))
            at = self.moments[story]
            yield "stories.story", story, at, at, tag, "en", facts, f"Story {story}", ""
        for one, facts in told.items():
            at = self.moments[one % self.size.stories]
            yield "circles.presence", one, at, at, tag, "en", facts, "", f"Here {one}"

    def _told(self) -> Iterator[Table]:
        """The journeys of those who look: a loss each, and what they answered."""
        losses = ((reader, reader, 1, 2022, 1 + reader % 12, 6 + reader % 20) for reader in self._readers())
        yield Table(Loss, ("id", "member_id", "place", "year", "month", "weeks"), losses, self.size.readers)
        told = (
            (reader, reader if FACET[facet].about is About.LOSS else None, facet, key)
            for reader in self._readers()
            for facet, key in self._facts(exact=False)
        )
        yield Table(Fact, ("member_id", "loss_id", "facet", "key"), told, 6 * self.size.readers)

    def _facts(self, *, exact: bool = True) -> list[tuple[str, str]]:
        """Some answers, common ones oftener; with `exact` also weeks and a month."""
        facts = set()
        for facet in TOLD:
            terms = FACET[facet].terms
            if self.chance.random() < 0.6 or facet == "kind":
                facts.add((facet, terms[min(int(self.chance.expovariate(4 / len(terms))), len(terms) - 1)].key))
        when = [("weeks", str(self.chance.randint(5, 40)))] if exact else []
        return [*sorted(facts), *when]

    def _shared(self, author: int, at: int, notes: int, signed: bool) -> tuple[Any, ...]:
        """What all shared things have in common, in the order of `_SHARED`."""
        return author, signed, self._ref(), int(State.LIVE), at, FAR_FUTURE, notes, at

    def _notes(self, likely: float) -> int:
        return sum(note.bit for note in NOTES if self.chance.random() < likely)

    def _readers(self) -> range:
        return range(1, self.size.readers + 1)

    def _ref(self) -> str:
        return f"{self.chance.getrandbits(56):014x}"


def stamp(size: GreatSize) -> str:
    """Tells whether a stored place has these rows. Columns that came since were added to it by migrations."""
    return hashlib.sha256(f"{ROWS} {size}".encode()).hexdigest()[:16]


def _ways() -> list[str]:
    return sorted(f"{facet}:{key}" for facet, key in WAYS)


_ROLES = ("is_active", "is_moderator", "is_host", "is_greeter", "is_invented")
_SHARED = ("author_id", "signed", "ref", "state", "at", "until", "notes", "touched_at")
_MEMBER = ("password", "name", "name_key", "ref", "email", "joined_on", *_ROLES)
_DOCUMENT = ("kind", "thing_id", "at", "changed_at", "embedded_by", "language", "facts", "title", "text")
