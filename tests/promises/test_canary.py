"""The canary: a secret planted in everything hidden; every address walked as everyone who may look.

The secret is absent for all but those who may see it, and present for its author, so it could have leaked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from leeward.audience.models import EVERYONE, Ring, RingKind, RingMember
from leeward.audience.publishing import publish, show_to
from leeward.audience.shared import Shared, State
from leeward.circles.models import Line, Meeting, Presence
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member
from leeward.search.documents import take_out
from leeward.search.models import IndexedDocument
from leeward.stories.models import Answer, Chapter, FirstReading, Picture, Remark, ShownFact, Story
from tests.conftest import Cast, make_member, signed_in
from tests.finding import FollowingFinder, finder
from tests.promises.doors import LEAVING, addresses
from tests.stories.photographs import added
from tests.stories.telling import told, went_on

SECRET = "kestrelquarry"
DRAWN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture
def planted(cast: Cast) -> dict[str, Shared]:
    """The secret, in everything that nobody but its author may see."""
    planted: dict[str, Shared] = {}
    for state in (State.DRAFT, State.HELD, State.WITHDRAWN):
        story = told(cast.author, EVERYONE, title=f"{SECRET} {state.name}", text=SECRET)
        Story.objects.written_by(cast.author).filter(pk=story.pk).update(state=state)
        planted[state.name] = story
    planted["past its day"] = told(cast.author, EVERYONE, title=f"{SECRET} past its day", text=SECRET)
    Story.objects.written_by(cast.author).filter(pk=planted["past its day"].pk).update(until=now_us())
    planted["only me"] = told(cast.author, title=f"{SECRET} only me", text=SECRET)
    public = told(cast.other_member, EVERYONE, title="in the open", text="in the open")
    for told_story in (*planted.values(), public):
        ShownFact.objects.create(story_id=told_story.pk, facet="kind", key="ectopic")
    planted["held answer"] = Answer.objects.create(story=public, author=cast.author, text=SECRET, state=State.HELD)
    planted["hidden answer"] = _hidden_answer(cast)
    return {
        **planted,
        **_chapters(cast),
        **_pictures(cast),
        **_between_two(cast),
        **_read_first(cast),
        **_told_by_two(cast),
    }


def _chapters(cast: Cast) -> dict[str, Shared]:
    """The secret in how a story goes on that all may read, and in what answers it."""
    story = told(cast.author, EVERYONE, title="in the open", text="in the open", signed=False)
    planted: dict[str, Shared] = {}
    for state in (State.DRAFT, State.HELD, State.WITHDRAWN):
        chapter = went_on(story, EVERYONE, title=f"{SECRET} {state.name}", text=SECRET)
        Chapter.objects.written_by(cast.author).filter(pk=chapter.pk).update(state=state)
        planted[f"chapter {state.name}"] = chapter
    planted["chapter for nobody"] = went_on(story, title=f"{SECRET} for nobody", text=SECRET)
    under: Answer = Answer.objects.create(
        story=story, chapter=planted["chapter for nobody"], author=cast.author, text=SECRET, signed=False
    )
    publish(under)
    planted["answer to a chapter for nobody"] = under
    return planted


def _pictures(cast: Cast) -> dict[str, Shared]:
    """The secret in what is said of photos that nobody may see, in a story that all may read."""
    story = told(cast.author, EVERYONE, title="in the open", text="in the open", signed=False)
    planted: dict[str, Shared] = {}
    for colour, state in (("olive", State.DRAFT), ("teal", State.HELD), ("navy", State.WITHDRAWN)):
        picture = added(story, colour)
        said = {"state": state, "alt": SECRET, "cover": f"{SECRET} covered", "placed_at": now_us()}
        Picture.objects.written_by(cast.author).filter(pk=picture.pk).update(**said)
        planted[f"photo {state.name}"] = picture
    inside = added(went_on(story, text="in the open"), "maroon")
    Picture.objects.written_by(cast.author).filter(pk=inside.pk).update(state=State.LIVE, at=now_us(), alt=SECRET)
    return {**planted, "photo in a chapter for nobody": inside}


def _hidden_answer(cast: Cast) -> Answer:
    """The secret in an answer that a story's author hid, who is none of those who look."""
    story = told(make_member("Ottilie"), EVERYONE, title="in the open", text="in the open")
    hidden: Answer = Answer.objects.create(story=story, author=cast.author, text=SECRET, hidden_at=now_us())
    publish(hidden)
    return hidden


def _between_two(cast: Cast) -> dict[str, Shared]:
    """The secret where people are found and write to each other: for nobody yet, held, and in a line that is held."""
    hidden: Presence = Presence.objects.create(author=cast.author, text=SECRET)
    note: Meeting = Meeting.objects.create(author=cast.author, asked=cast.same_ring, text=SECRET, state=State.HELD)
    theirs: Meeting = Meeting.objects.create(author=cast.other_member, asked=cast.author, text="in the open")
    for thing, member in ((note, cast.same_ring), (theirs, cast.author)):
        ring = Ring.objects.create(kind=RingKind.PAIR)
        RingMember.objects.create(ring=ring, member=member)
        show_to(thing, [ring.pk])
    publish(hidden)
    publish(theirs)
    line: Line = Line.objects.create(meeting=theirs, author=cast.author, text=SECRET, state=State.HELD)
    return {"presence shown to nobody": hidden, "held note": note, "held line": line}


def _read_first(cast: Cast) -> dict[str, Shared]:
    """The secret in drafts that one person reads first: held, past their day, in a stranger's hands, and beside one."""
    trusted = make_member("Odile")
    planted: dict[str, Shared] = {}
    for name, to in (("held", cast.same_ring), ("past its day", cast.same_ring), ("in other hands", trusted)):
        story = Story.objects.create(author=cast.author, text=SECRET)
        reading: FirstReading = FirstReading.objects.create(
            story=story, author=cast.author, reader=to, text=SECRET, until=now_us() + DAY
        )
        ring = Ring.objects.create(kind=RingKind.PAIR)
        RingMember.objects.create(ring=ring, member=to)
        show_to(reading, [ring.pk])
        publish(reading)
        planted[f"first reading {name}"] = reading
    hers = FirstReading.objects.written_by(cast.author)
    hers.filter(pk=planted["first reading held"].pk).update(state=State.HELD)
    hers.filter(pk=planted["first reading past its day"].pk).update(until=now_us())
    remark: Remark = Remark.objects.create(reading=reading, author=cast.author, text=SECRET)
    publish(remark)
    return {**planted, "remark": remark}


def _told_by_two(cast: Cast) -> dict[str, Shared]:
    """The secret in what two tell together: shown to nobody yet, held, and behind a wall to the second of them."""
    second = make_member("Una")
    planted: dict[str, Shared] = {}
    for name, state in (("draft", State.DRAFT), ("held", State.HELD), ("for nobody", State.LIVE)):
        planted[f"by two, {name}"] = Story.objects.create(
            author=cast.author, with_teller=second, agreed_up_to=EVERYONE, text=SECRET, title=SECRET, state=state
        )
    return planted


def lookers(cast: Cast) -> dict[str, Member | None]:
    return {**vars(cast), "stranger": None}


@pytest.mark.parametrize("looker", ["same_ring", "other_member", "blocked", "moderator", "host", "stranger"])
def test_the_secret_is_behind_no_door(cast: Cast, planted: dict[str, Shared], looker: str) -> None:
    member = lookers(cast)[looker]
    client = signed_in(member) if member else Client()
    for address in addresses(get_resolver(), list(planted.values())):
        response = client.get(address, follow=True)
        body = b"".join(response) if response.streaming else response.content
        assert SECRET.encode() not in body, f"{looker} reads the secret at {address}"
        signed_out = response.request["PATH_INFO"] == "/sign-in/" and address not in {"/sign-in/", f"/{LEAVING}"}
        assert not (member and signed_out), f"{looker} looks on as a stranger from {address}"


@pytest.mark.parametrize("looker", ["same_ring", "other_member", "blocked", "moderator", "host"])
def test_the_secret_comes_into_no_book_but_its_authors(cast: Cast, planted: dict[str, Shared], looker: str) -> None:
    member = lookers(cast)[looker]
    assert member is not None
    own = told(member, EVERYONE, title="in the open", text="in the open")
    Answer.objects.create(story=own, author=cast.author, text=SECRET, state=State.HELD)
    refs = [
        *(thing.ref for thing in planted.values()),
        *Answer.objects.written_by(cast.author).values_list("ref", flat=True),
    ]
    stories = [own, *Story.objects.written_by(cast.author), *Story.objects.written_by(cast.other_member)]
    for story in stories:
        response = signed_in(member).post(f"/stories/{story.ref}/book/", {"name": "yes", "answers": refs})
        assert SECRET.encode() not in response.content
    hers = planted["only me"]
    assert SECRET.encode() in signed_in(cast.author).post(f"/stories/{hers.ref}/book/", {"name": "no"}).content


def test_its_author_reads_it_so_it_could_have_leaked(cast: Cast, planted: dict[str, Shared]) -> None:
    client = signed_in(cast.author)
    for name, thing in planted.items():
        assert SECRET in client.get(thing.get_absolute_url()).content.decode(), name
    assert SECRET in client.get("/stories/mine/").content.decode()


SOUGHT = (SECRET[:8], f"{SECRET[:-4]}ry", f"{SECRET[:8]} open", "in the open", "ectopic", "lost in a quarry")
"""What somebody types who looks for the secret: its beginning, a slip of it, what it stands with, what it means."""


@pytest.fixture
def found(planted: dict[str, Shared], settings: Any) -> Iterator[FollowingFinder]:
    """A finder that knows the hidden stories, as if nothing had taken them out: the guard alone keeps them back."""
    assert IndexedDocument.objects.filter(text__contains=SECRET).update(facts="kind:ectopic") >= 6
    with finder(settings) as found:
        yield found


def shown_for(client: Client) -> dict[str, str]:
    """The pages that find things, without what is drawn anew for each."""
    pages = {sought: client.post("/search/", {"q": sought}) for sought in SOUGHT}
    pages["near"] = client.get("/near/", follow=True)
    return {name: DRAWN.sub("", page.content.decode()) for name, page in pages.items()}


@pytest.mark.parametrize("looker", ["same_ring", "other_member", "blocked", "moderator", "host", "stranger"])
def test_what_is_hidden_changes_nothing_of_what_a_search_shows(
    cast: Cast, planted: dict[str, Shared], found: FollowingFinder, looker: str
) -> None:
    member = lookers(cast)[looker]
    client = signed_in(member) if member else Client()
    before = shown_for(client)
    for name, page in before.items():
        assert SECRET not in page, f"{looker} reads the secret under {name}"
    for model in (Story, Chapter, Presence):
        take_out(model, [thing.pk for thing in planted.values() if isinstance(thing, model)])
    found.follow()
    assert before == shown_for(client)


def test_its_author_finds_it_so_a_search_could_have_told(
    cast: Cast, planted: dict[str, Shared], found: FollowingFinder
) -> None:
    pages = shown_for(signed_in(cast.author))
    assert SECRET in pages[SECRET[:8]]
    assert SECRET in pages["ectopic"]
