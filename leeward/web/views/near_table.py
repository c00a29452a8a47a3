"""What is laid on the page "Am I the only one?": numbers, people, stories, a light, published figures.

Each comes from its own room, by what this member may see and did not ask to be spared. Nothing here looks at facts
that others did not show, but for the numbers, which were published for everybody alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.utils import timezone

from leeward.audience.viewers import Viewer
from leeward.circles.finding import KIND as PERSON
from leeward.circles.finding import MOST, NearPerson, people_near
from leeward.circles.models import Presence
from leeward.journeys.facts import Pair, Telling
from leeward.journeys.nearness import Profile
from leeward.journeys.ranking import factors_in
from leeward.journeys.statistics import Figure, general_statistics, statistics_for
from leeward.journeys.vocabulary import FACET
from leeward.journeys.weighing import Counts, question_of, questions_in
from leeward.journeys.words import PLAIN, Speech, speech_of
from leeward.language.told import told
from leeward.members.models import Member
from leeward.numbers.answers import Answer, answers_for
from leeward.search.finder import client
from leeward.search.fusion import search_for
from leeward.stories.facts import shown_facts
from leeward.stories.models import Story
from leeward.stories.near import KIND as STORY
from leeward.stories.near import NearStory, near

STORIES = 6
MANY_STORIES = 40
SENTENCES = 4
"""Most numbers said of her facts; all stand on their own page."""
MOST_SEEMS = 8


@dataclass(frozen=True)
class Asked:
    """What she asks for this one page. Kept nowhere.

    Args:
        words: her own.
        without: questions of her journey that are left out.
        using: facts that her words say.
        more: whether she asked for more stories.
    """

    words: str = ""
    without: frozenset[str] = frozenset()
    using: tuple[Pair, ...] = ()
    more: bool = False


@dataclass
class Table:
    """The page.

    Args:
        numbers: sentences from the published numbers.
        people: who would like to be found.
        stories: what is near.
        published: figures of published statistics.
        questions: what she answered, to leave out or to weigh.
        is_partial: whether only the newest were looked through: the finder was away.
        size: so many stories were asked for.
        by_words_alone: whether there was nothing else to look by. Then what was found shares nothing that is known.
    """

    numbers: list[Answer] = field(default_factory=list)
    people: list[NearPerson] = field(default_factory=list)
    stories: list[NearStory] = field(default_factory=list)
    published: list[Figure] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    is_partial: bool = False
    size: int = STORIES
    by_words_alone: bool = False

    @property
    def anybody(self) -> bool:
        """Whether it is true that she is not the only one, as far as can be seen from here."""
        return bool(self.has_number or ((self.people or self.stories) and not self.by_words_alone))

    @property
    def has_number(self) -> bool:
        """Whether any number could be said."""
        return any(answer.said for answer in self.numbers)

    @property
    def too_few(self) -> bool:
        """Whether the numbers had none to say for all of her facts together."""
        return any(not answer.said for answer in self.numbers)

    @property
    def has_more(self) -> bool:
        """Whether there may be more stories than are shown."""
        return len(self.stories) >= self.size and self.size < MANY_STORIES


def lay(member: Member, telling: Telling, weighings: Mapping[str, Counts], viewer: Viewer, asked: Asked) -> Table:
    """The page of a member.

    Args:
        member: who asks.
        telling: what she tells of her journey.
        weighings: what she said of how much each question counts.
        viewer: she, as the one who looks.
        asked: what she asks this time.
    """
    speech, factors, hers = speech_of(member), factors_in(weighings), telling.pairs()
    pairs = [*(pair for pair in hers if question_of(pair) not in asked.without), *asked.using]
    profile = Profile.from_pairs(pairs)
    counted = [*asked.using, *(pair for pair in telling.pairs_of_one_loss() if question_of(pair) not in asked.without)]
    table = Table(questions=questions_in(Profile.from_pairs(hers)), size=MANY_STORIES if asked.more else STORIES)
    if not profile:
        table.published = general_statistics()
        table.by_words_alone = bool(asked.words)
        _find_by_words(table, viewer, asked.words)
    else:
        said = [answer for answer in answers_for(counted, speech=speech) if not answer.notes & viewer.shield]
        table.numbers = said[:SENTENCES]
        table.people = people_near(profile, viewer, speech=speech, factors=factors, words=asked.words)
        table.stories = near(profile, viewer, speech=speech, factors=factors, words=asked.words, size=table.size)
        table.published = statistics_for(profile) or general_statistics()
    return _finish(table)


def lay_near_to(thing: Story | Presence, shown: list[Pair], viewer: Viewer, member: Member | None) -> Table:
    """What is near to a story, or to somebody, by what that shows.

    Beside a story that is not signed nobody stands: who shows the same facts there may be who told it.
    """
    profile, speech = Profile.from_pairs(shown), speech_of(member) if member else PLAIN
    table = Table(published=statistics_for(profile))
    is_story = isinstance(thing, Story)
    if thing.signed:
        table.people = [one for one in people_near(profile, viewer, speech=speech) if is_story or one.presence != thing]
    table.stories = near(profile, viewer, speech=speech, but=[thing.pk] if is_story else [], size=table.size)
    return _finish(table)


def number_for(telling: Telling, viewer: Viewer, speech: Speech) -> str:
    """One sentence of the published numbers about her facts, the most telling that has a number; "" if none has."""
    answers = answers_for(telling.pairs_of_one_loss(), speech=speech)
    return next((one.sentence for one in answers if one.said and not one.notes & viewer.shield), "")


def seems_said(words: str, but: Iterable[Pair]) -> list[tuple[Pair, str]]:
    """The facts that her words seem to say and that can be compared, each with the words that say so.

    Args:
        words: hers.
        but: what she told already.
    """
    known, found = set(but), dict[Pair, str]()
    try:
        told_here = told(words, settings.LANGUAGE_CODE)
    except LookupError:
        return []
    for one in told_here:
        pair = _ago(int(one.key)) if one.facet == "ago" and one.key.isdecimal() else (one.facet, one.key)
        if pair not in known and Profile.from_pairs([pair]) and not _asks_consent(pair):
            found.setdefault(pair, " ".join(one.words.split())[:60])
    return list(found.items())[:MOST_SEEMS]


def can_be_met(presence: Presence) -> bool:
    """Whether she whose page it is can still be met here."""
    author = presence.author
    return author is not None and author.is_active and not author.has_ended


def _find_by_words(table: Table, viewer: Viewer, words: str) -> None:
    """Where she told nothing, or left it all out: what her words mean, without reasons."""
    for found in search_for(words, viewer, kinds=[STORY, PERSON], size=table.size).found:
        thing = found.thing
        if thing.author_id == viewer.member_id and viewer.is_member:
            continue
        if isinstance(thing, Story):
            table.stories.append(NearStory(thing, [], []))
        elif isinstance(thing, Presence) and can_be_met(thing) and len(table.people) < MOST:
            table.people.append(NearPerson(thing, [], []))
    facts = shown_facts([one.story for one in table.stories])
    table.stories = [replace(one, pairs=facts[one.story.pk]) for one in table.stories]


def _finish(table: Table) -> Table:
    table.is_partial = not client.is_there()
    return table


def _ago(months: int) -> Pair:
    today = timezone.localdate()
    number = today.year * 12 + today.month - 1 - months
    return "month", f"{number // 12:04}-{number % 12 + 1:02}"


def _asks_consent(pair: Pair) -> bool:
    return pair[0] in FACET and bool(FACET[pair[0]].consent)
