"""Nothing that a member asked not to meet appears through any door, and nothing else is kept from her.

Random members (by hand, preset from what they told, on a hard day), random contents (notes ticked or only suggested,
writers muted, things put aside), and the real pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leeward.audience.actions import change_shield, mute, put_aside, say_today_is_hard
from leeward.audience.models import MEMBERS
from leeward.audience.notes import NOTE, mask_of
from leeward.audience.publishing import changed, publish
from leeward.audience.shields import HARD_DAY
from leeward.journeys.presets import presets_for
from leeward.members.models import Member
from leeward.notifications.actions import tell
from leeward.stories.models import Answer, ShownFact, Story
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import lost
from tests.journeys.journeying import told as told_of
from tests.stories.telling import told

KEYS = ("pregnancy_current", "ultrasound", "living_child", "loss_detail", "termination", "faith")
NOW = ("first_weeks", "trying", "pregnant_after_loss", "childless_not_by_choice", "long_ago")
MASKS = st.sets(st.sampled_from(KEYS), max_size=3).map(mask_of)


@dataclass(frozen=True)
class Content:
    """A text: what is inside, whether only its words suggest it, and what the reader did about it."""

    notes: int
    perhaps: bool
    signed: bool
    by_muted: bool
    aside: bool

    def is_unwished(self, shield: int) -> bool:
        return bool(self.notes & shield) or self.is_left_out

    @property
    def is_left_out(self) -> bool:
        return self.aside or (self.by_muted and self.signed)


CONTENTS = st.lists(
    st.builds(Content, MASKS, st.booleans(), st.booleans(), st.booleans(), st.booleans()), min_size=2, max_size=4
)


def written(content: Content, cast: Cast, what: str, under: Story | None = None) -> Story | Answer:
    author = cast.author if content.by_muted else cast.host
    fields = {
        "signed": content.signed,
        "notes": content.notes,
        "perhaps": content.notes if content.perhaps else 0,
        "text": f"harbour {what}",
    }
    thing: Story | Answer
    if under is not None:
        thing = Answer.objects.create(story=under, author=author, **fields)
        publish(thing)
        return thing
    thing = told(author, MEMBERS, title=f"harbour {what}", text=f"harbour {what}")
    Story.objects.written_by(author).filter(pk=thing.pk).update(**fields)
    thing.refresh_from_db()
    ShownFact.objects.create(story=thing, facet="kind", key="ectopic")
    changed(thing)
    return thing


def page_of(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


def lists_of(client: Client, mine: Story) -> dict[str, str]:
    pages = {path: page_of(client, path) for path in ("/", "/stories/", "/near/", f"/near/?to={mine.ref}")}
    try:
        resolve("/search/")
    except Resolver404:
        return pages
    return {**pages, "/search/": str(client.post("/search/", {"q": "harbour"}).content.decode())}


def expected_shield(now: str, spare: int, show: int, *, hard: bool) -> int:
    rows = presets_for([("now", now), ("kind", "ectopic")])
    preset = mask_of(key for row in rows for key in row.notes)
    return ((preset | spare) & ~show) | (HARD_DAY if hard else 0)


def look(
    cast: Cast, reader: Member, shield: int, stories: list[Content], answers: list[Content], *, hard: bool
) -> None:
    client = signed_in(reader)
    mine = told(reader, MEMBERS, title="of my own", text="of my own", notes=shield)
    ShownFact.objects.create(story=mine, facet="kind", key="ectopic")
    listed = [(one, written(one, cast, f"story{turn}x")) for turn, one in enumerate(stories)]
    below = [(one, written(one, cast, f"answer{turn}x", mine)) for turn, one in enumerate(answers)]
    mute(reader, cast.author)
    for content, thing in (*listed, *below):
        if content.aside:
            put_aside(reader, thing)
    for _content, thing in below:
        tell(reader, "stories.answer", thing)
    if hard:
        say_today_is_hard(reader)
    pages = lists_of(client, mine)
    assert "of my own" in page_of(client, "/stories/"), "her own words always stay"
    for turn, (content, thing) in enumerate(listed):
        mark, spared = f"story{turn}x", content.is_unwished(shield)
        for path, page in pages.items():
            assert not (spared and mark in page), f"{path} shows {content}"
        assert (mark in pages["/stories/"]) == (not spared), content
        assert (mark in pages["/near/"]) == (not spared) or mark in pages["/"], content
        by_link = page_of(client, thing.get_absolute_url())
        assert (mark in by_link) == (not content.notes & shield), f"by link: {content}"
    hers, bell = page_of(client, mine.get_absolute_url()), page_of(client, "/bell/")
    for turn, (content, thing) in enumerate(below):
        spared = content.is_unwished(shield)
        assert (f"answer{turn}x" in hers) == (not spared), content
        assert (f"#{thing.ref}" in bell) == (not spared), content


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
@given(now=st.sampled_from(NOW), spare=MASKS, show=MASKS, hard=st.booleans(), stories=CONTENTS, answers=CONTENTS)
def test_nothing_unwished_appears_and_nothing_else_is_withheld(
    cast: Cast, now: str, spare: int, show: int, hard: bool, stories: list[Content], answers: list[Content]
) -> None:
    with transaction.atomic():
        reader = told_of(cast.other_member, now=[now])
        lost(reader, "ectopic")
        change_shield(reader, spare=spare & ~show, show=show)
        shield = expected_shield(now, spare & ~show, show, hard=hard)
        look(cast, reader, shield, stories, answers, hard=hard)
        transaction.set_rollback(True)


def test_there_was_something_to_spare(cast: Cast) -> None:
    told_of(cast.other_member)
    written(Content(NOTE["ultrasound"].bit, True, True, False, False), cast, "story0x")
    client = signed_in(cast.other_member)
    assert "story0x" in page_of(client, "/stories/")
    change_shield(cast.other_member, spare=NOTE["ultrasound"].bit)
    assert "story0x" not in page_of(client, "/stories/")
