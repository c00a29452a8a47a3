"""Random things of others for one reader, each with what is inside and what she did about it: for test_spared.py."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from leeward.audience.actions import choose, mute, put_aside
from leeward.audience.models import MEMBERS, Ring, RingKind, RingMember
from leeward.audience.notes import mask_of
from leeward.audience.publishing import changed, publish, show_to
from leeward.audience.shared import Shared, State
from leeward.circles.actions.being_found import be_found
from leeward.circles.actions.lighting import FOUND
from leeward.circles.actions.talking import LINE
from leeward.circles.models import FoundBy, Line, Meeting, Presence
from leeward.circles.shown import Wish
from leeward.journeys.actions import move_on
from leeward.journeys.changes import CHANGE
from leeward.journeys.facts import Pair
from leeward.journeys.models import News
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.notifications.actions import tell
from leeward.stories.models import Answer, Chapter, Quote, ShownFact, Story
from tests.circles.people import known
from tests.conftest import Cast, make_member
from tests.journeys.journeying import told as told_of
from tests.stories.telling import told, went_on

KEYS = ("pregnancy_current", "ultrasound", "living_child", "loss_detail", "termination", "faith")
MASKS = st.sets(st.sampled_from(KEYS), max_size=3).map(mask_of)
ECTOPIC: Pair = ("kind", "ectopic")
OF_FACTS: dict[Pair, str] = {
    ("now", "pregnant_after_loss"): "pregnancy_current",
    ("children", "living_after"): "living_child",
    ("kind", "tfmr"): "termination",
    ("path", "ivf"): "",
}
"""Facts that somebody may show, and the note that each brings."""


@dataclass(frozen=True)
class Content:
    """What others wrote or show: what is inside, whether only words suggest it, and what the reader did about it."""

    ticked: int
    perhaps: bool
    signed: bool
    by_muted: bool
    aside: bool
    facts: frozenset[Pair] = frozenset()
    by_two: bool = False

    @property
    def notes(self) -> int:
        return self.ticked | mask_of(OF_FACTS[pair] for pair in self.facts if OF_FACTS[pair])

    def is_unwished(self, shield: int) -> bool:
        return bool(self.notes & shield) or self.aside or (self.by_muted and self.signed)


CONTENT = st.builds(Content, MASKS, st.booleans(), st.booleans(), st.booleans(), st.booleans(), by_two=st.booleans())
SHOWN = st.sets(st.sampled_from(sorted(OF_FACTS)), max_size=2).map(lambda facts: frozenset({*facts}))
PERSON = st.builds(Content, MASKS, st.just(False), st.just(True), st.booleans(), st.booleans(), SHOWN)
LINES = st.builds(Content, MASKS, st.booleans(), st.just(True), st.just(False), st.just(False))
SOME = st.lists(CONTENT, min_size=2, max_size=4)


@dataclass(frozen=True)
class Others:
    """What others wrote, and what has changed for somebody who lets the reader know."""

    stories: list[Content]
    chapters: list[Content]
    answers: list[Content]
    people: list[Content]
    lines: list[Content]
    changed: str


OTHERS = st.builds(
    Others,
    SOME,
    SOME,
    SOME,
    st.lists(PERSON, min_size=2, max_size=3),
    st.lists(LINES, min_size=2, max_size=4),
    st.sampled_from(("pregnant", "living_child")),
)


@dataclass
class Place:
    """All that is there for the reader: each with its mark, by which it is known on a page.

    Each answer is quoted by another, and to each story another links.
    """

    mine: Story
    stories: list[tuple[Content, Story]] = field(default_factory=list)
    links: list[tuple[Content, Story]] = field(default_factory=list)
    chapters: list[tuple[Content, Chapter]] = field(default_factory=list)
    answers: list[tuple[Content, Answer]] = field(default_factory=list)
    people: list[tuple[Content, Presence]] = field(default_factory=list)
    lines: list[tuple[Content, Line]] = field(default_factory=list)
    news: list[tuple[Content, News]] = field(default_factory=list)


def furnish(cast: Cast, others: Others) -> Place:
    """Everything that others wrote, and what rings for `cast.other_member` because of it."""
    reader = cast.other_member
    mine = told(reader, MEMBERS, title="of my own", text="harbour of my own", notes=mask_of(KEYS))
    _show(mine)
    place = Place(mine)
    news = Content(mask_of(CHANGE[others.changed].notes), False, True, False, False)
    place.news.append((news, _news(cast, others.changed)))
    place.people += [(one, _person(one, turn)) for turn, one in enumerate(others.people)]
    place.stories += [(one, _story(one, cast, f"story{turn}x")) for turn, one in enumerate(others.stories)]
    place.links += [(one, _linking(story, cast)) for one, story in place.stories]
    place.chapters += [(one, _chapter(one, cast, f"chapter{turn}x")) for turn, one in enumerate(others.chapters)]
    place.answers += [(one, _answer(one, cast, f"answer{turn}x", mine)) for turn, one in enumerate(others.answers)]
    for turn, (_content, made) in enumerate(place.answers):
        _quoting(made, cast, f"answer{turn}x")
    meeting = _meeting(cast.moderator, reader)
    place.lines += [(one, _line(one, meeting, f"line{turn}x")) for turn, one in enumerate(others.lines)]
    for kind, things in (("stories.answer", place.answers), (FOUND, place.people), (LINE, place.lines)):
        for _content, rings in things:
            tell(reader, kind, rings)
    mute(reader, cast.author)
    everything: list[tuple[Content, Shared]] = [*place.stories, *place.chapters, *place.answers, *place.people]
    for content, thing in everything:
        if content.aside:
            put_aside(reader, thing)
        if content.by_muted and isinstance(thing, Presence) and thing.author:
            mute(reader, thing.author)
    return place


def _story(content: Content, cast: Cast, mark: str) -> Story:
    by_two = content.by_two and content.signed  # the second may be the one who is muted
    author = cast.host if by_two else _writer(content, cast)
    story = told(author, MEMBERS, title=f"harbour {mark}", text=f"harbour {mark}")
    if by_two:
        second = cast.author if content.by_muted else cast.moderator
        Story.objects.written_by(author).filter(pk=story.pk).update(with_teller=second, agreed_up_to=MEMBERS)
        story.refresh_from_db()
    _noted(content, story, author)
    _show(story)
    return story


def _linking(story: Story, cast: Cast) -> Story:
    return told(cast.moderator, MEMBERS, text=f"I think of {story.get_absolute_url()}")


def _chapter(content: Content, cast: Cast, mark: str) -> Chapter:
    """How a story goes on in which nothing is to be spared. It is signed as that is."""
    author = _writer(content, cast)
    story = told(author, MEMBERS, text="how it began", signed=content.signed)
    chapter = went_on(story, MEMBERS, title=f"harbour {mark}", text=f"harbour {mark}")
    _noted(content, chapter, author)
    return chapter


def _quoting(made: Answer, cast: Cast, mark: str) -> None:
    """Somebody else's answer, with the mark of this one above it."""
    beside: Answer = Answer.objects.create(story=made.story, author=cast.moderator, text="I thought so.", quotes=True)
    publish(beside)
    Quote.objects.create(answer=beside, of_answer=made, passage=mark)


def _answer(content: Content, cast: Cast, mark: str, under: Story) -> Answer:
    author = _writer(content, cast)
    made: Answer = Answer.objects.create(story=under, author=author, text=f"harbour {mark}")
    publish(made)
    _noted(content, made, author)
    return made


def _person(content: Content, turn: int) -> Presence:
    """The notes that facts bring come of themselves. Her words are added, so that they are found."""
    wish = Wish("", FoundBy.MEMBERS, frozenset({ECTOPIC, *content.facts}), content.ticked)
    member = known(make_member(f"Person{turn}x"))
    be_found(member, wish)
    Presence.objects.written_by(member).update(text="harbour")
    presence: Presence = Presence.objects.written_by(member).get()
    changed(presence)
    return presence


def _meeting(by: Member, asked: Member) -> Meeting:
    note: Meeting = Meeting.objects.create(author=by, asked=asked, text="a first note", answered_at=now_us())
    ring = Ring.objects.create(kind=RingKind.PAIR)
    RingMember.objects.create(ring=ring, member=asked)
    show_to(note, [ring.pk])
    publish(note)
    return note


def _line(content: Content, meeting: Meeting, mark: str) -> Line:
    assert meeting.author is not None
    line: Line = Line.objects.create(meeting=meeting, author=meeting.author, text=mark, state=State.DRAFT)
    publish(line)
    _noted(content, line, meeting.author)
    return line


def _news(cast: Cast, what: str) -> News:
    told_of(cast.same_ring, now=["trying"])
    choose(cast.same_ring, cast.other_member)
    move = move_on(cast.same_ring, what, tell_chosen=True)
    news: News = News.objects.written_by(cast.same_ring).get(move=move)
    return news


def _writer(content: Content, cast: Cast) -> Member:
    return cast.author if content.by_muted else cast.host


def _noted(content: Content, thing: Shared, author: Member) -> None:
    """Its notes as they are said or only suggested."""
    fields = {"notes": content.notes, "perhaps": content.notes if content.perhaps else 0, "signed": content.signed}
    type(thing).objects.written_by(author).filter(pk=thing.pk).update(**fields)
    thing.refresh_from_db()
    changed(thing)


def _show(story: Story) -> None:
    ShownFact.objects.create(story=story, facet=ECTOPIC[0], key=ECTOPIC[1])
    changed(story)
