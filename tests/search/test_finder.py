"""The finder follows the index, knows what means alike, and trusts its files only after an end in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.publishing import hold, publish, show_to, withdraw
from leeward.audience.viewers import Viewer
from leeward.search.finder import client
from leeward.search.finder.bits import in_order
from leeward.search.finder.client import FinderUnavailable, Ranked
from leeward.search.finder.core import Finder
from leeward.search.finder.server import FinderServer
from leeward.search.finder.vectors import packed
from leeward.search.fusion import search_for
from leeward.search.models import IndexedDocument, Passage
from leeward.search.near import nearest
from leeward.search.plans import Group, Plan, Row
from leeward.stories.models import ShownFact, Story
from tests.circles.people import findable
from tests.conftest import Cast
from tests.finding import FollowingFinder, finder, no_finder, real_embedder
from tests.stories.telling import told

STORIES = ["stories.story"]
PLAN = Plan((Group(("kind:tfmr",), 5), Group(("weeks:19", "weeks:20", "weeks:21"), 4, more=1)))


@pytest.fixture
def found(cast: Cast, settings: Any) -> Iterator[FollowingFinder]:
    with finder(settings) as following:
        yield following


def shows(story: Story, *facts: str) -> Story:
    for fact in facts:
        facet, _colon, key = fact.partition(":")
        ShownFact.objects.create(story=story, facet=facet, key=key)
    show_to(story, [MEMBERS])
    return story


def titles(viewer: Viewer, plan: Plan = PLAN, **how: Any) -> list[str]:
    near = nearest(plan, viewer, kinds=STORIES, **how)
    assert not near.is_partial
    return [one.thing.title_words() for one in near.found]


def searched(text: str, viewer: Viewer, **how: Any) -> list[str]:
    page = search_for(text, viewer, **how)
    assert not page.by_words_only
    return [one.thing.title_words() for one in page.found]


def test_the_nearest_are_found_by_facts_and_then_by_words(cast: Cast, found: FollowingFinder) -> None:
    shows(told(cast.author, MEMBERS, title="Both", text="Rain."), "kind:tfmr", "weeks:20")
    shows(told(cast.author, MEMBERS, title="Garden", text="I planted a tree in the garden for him."), "kind:tfmr")
    shows(told(cast.author, MEMBERS, title="Work", text="My boss gave me no time off."), "kind:tfmr")
    shows(told(cast.author, MEMBERS, title="Neither"), "kind:ectopic")
    found.follow()
    viewer = Viewer.member(cast.other_member)
    assert titles(viewer)[0] == "Both"
    assert titles(viewer, words="planting flowers in memory") == ["Both", "Garden", "Work"]
    assert titles(viewer, words="going back to the office too soon") == ["Both", "Work", "Garden"]
    assert titles(viewer, words="planting flowers in memory", pull=20.0)[0] == "Garden"


def test_people_and_stories_are_asked_for_together_and_come_apart(cast: Cast, found: FollowingFinder) -> None:
    shows(told(cast.author, MEMBERS), "kind:tfmr", "weeks:20")
    findable(cast.host, ("kind", "tfmr"))
    found.follow()
    for kind, ranked in client.near_each(PLAN, kinds=[*STORIES, "circles.presence"], reach=5).items():
        assert ranked == client.near(PLAN, kinds=[kind], pull=0, reach=5) != Ranked([], [])


def test_a_search_finds_what_means_alike_without_a_word_in_common(cast: Cast, found: FollowingFinder) -> None:
    told(cast.author, MEMBERS, title="Heart", text="The doctor could not find a heartbeat.")
    told(cast.author, MEMBERS, title="Kitchen", text="We painted the kitchen yellow in spring.")
    found.follow()
    assert searched("no cardiac activity on the ultrasound", Viewer.member(cast.other_member))[0] == "Heart"


def test_a_search_understands_the_facts_of_a_question(cast: Cast, found: FollowingFinder) -> None:
    shows(told(cast.author, MEMBERS, title="Silent", text="Nothing here tells it."), "kind:tfmr")
    found.follow()
    assert searched("TFMR", Viewer.member(cast.other_member)) == ["Silent"]


@pytest.mark.parametrize("out", [hold, withdraw, lambda story: story.delete(), lambda story: show_to(story, [])])
def test_what_leaves_is_found_no_more_before_and_after_the_finder_looks(
    cast: Cast, found: FollowingFinder, out: Any
) -> None:
    story = shows(
        told(cast.author, MEMBERS, title="Gone soon", text="The doctor could not find a heartbeat."), "kind:tfmr"
    )
    found.follow()
    viewer = Viewer.member(cast.other_member)
    assert titles(viewer) == searched("no heartbeat", viewer) == ["Gone soon"]
    out(story)
    assert titles(viewer) == searched("no heartbeat", viewer) == []
    assert not Passage.objects.exists()
    found.follow()
    assert client.near(PLAN, kinds=STORIES, pull=0, reach=5).names == []
    assert not found.vectors.vectors.array.any()


def test_changed_words_are_embedded_anew(cast: Cast, found: FollowingFinder) -> None:
    story = told(cast.author, MEMBERS, title="", text="We painted the kitchen yellow in spring.")
    found.follow()
    before = bytes(Passage.objects.get().vector)
    story.text = "The doctor could not find a heartbeat."
    story.save()
    publish(story)
    found.follow()
    assert bytes(Passage.objects.get().vector) != before
    asked = client.meant("no heartbeat was found", Plan(), kinds=STORIES, reach=5).meaning
    assert asked is not None
    assert asked.weights[0] > 0.5


def test_long_texts_have_a_vector_for_each_window_up_to_a_limit(cast: Cast, found: FollowingFinder) -> None:
    told(cast.author, MEMBERS, text="The rain fell on the harbour. " * 700)
    found.follow()
    assert Passage.objects.count() == 12


def test_each_viewer_finds_what_she_may_see_and_nothing_else(cast: Cast, found: FollowingFinder) -> None:
    shows(told(cast.author, MEMBERS, title="Members", text="canary by the sea"), "kind:tfmr")
    public = told(cast.author, EVERYONE, title="Everyone", text="canary by the sea")
    ShownFact.objects.create(story=public, facet="kind", key="tfmr")
    show_to(public, [EVERYONE])
    found.follow()
    expected = {"stranger": {"Everyone"}, "blocked": set(), "other_member": {"Members", "Everyone"}}
    for who, what in expected.items():
        viewer = cast.viewers()[who]
        assert set(titles(viewer)) == what
        assert set(searched("canary", viewer)) == what
        assert set(searched("a bird at the coast", viewer)) == what


def test_who_may_see_little_finds_it_behind_very_much_that_she_may_not(
    cast: Cast, found: FollowingFinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("near", "fusion"):
        monkeypatch.setattr(f"leeward.search.{module}.FIRST_REACH", 4)
        monkeypatch.setattr(f"leeward.search.{module}.LAST_REACH", 8)
    story = told(cast.author, EVERYONE, title="Little", text="canary")
    ShownFact.objects.create(story=story, facet="kind", key="tfmr")
    show_to(story, [EVERYONE])
    for number in range(30):
        shows(told(cast.author, MEMBERS, title=f"Hidden {number}", text="canary canary"), "kind:tfmr", "weeks:20")
    found.follow()
    assert titles(Viewer.stranger(), size=2) == ["Little"]
    assert searched("canary", Viewer.stranger(), size=2) == ["Little"]


def test_pages_follow_one_another_without_a_gap_however_far(
    cast: Cast, found: FollowingFinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leeward.search.fusion.TIERS", (3, 6, 100))
    monkeypatch.setattr("leeward.search.fusion.FIRST_REACH", 4)
    for number in range(14):
        audience = MEMBERS if number % 3 else EVERYONE
        story = told(cast.author, audience, title=f"Story {number}", text="The lantern. " * (number + 1))
        ShownFact.objects.create(story=story, facet="kind", key="tfmr")
        show_to(story, [audience])
    found.follow()
    for viewer, many in ((Viewer.member(cast.other_member), 14), (Viewer.stranger(), 5)):
        pages, after = list[list[str]](), 0
        while True:
            page = search_for("TFMR lantern", viewer, size=2, after=after)
            pages.append([one.thing.title_words() for one in page.found])
            if page.next is None:
                break
            after = page.next
        seen = [title for titles in pages for title in titles]
        assert len(seen) == len(set(seen)) == many
        assert all(len(titles) == 2 for titles in pages[:-1])


def test_the_order_of_what_is_seen_does_not_depend_on_what_is_hidden(
    cast: Cast, found: FollowingFinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leeward.search.fusion.TIERS", (3, 100))
    monkeypatch.setattr("leeward.search.fusion.FIRST_REACH", 3)
    for title, text in (("One", "A heron by the water."), ("Two", "Grey birds at the lake."), ("Three", "The river.")):
        told(cast.author, EVERYONE, title=title, text=text)
    found.follow()
    before = searched("heron at the lake", Viewer.stranger())
    assert len(before) == 3
    for number in range(9):
        told(cast.author, MEMBERS, title="A heron", text=f"A heron at the lake, {number}.")
    found.follow()
    assert searched("heron at the lake", Viewer.stranger()) == before
    assert searched("heron at the lake", Viewer.member(cast.other_member))[0] == "A heron"


def test_without_an_embedder_facts_are_found_and_the_place_says_so(cast: Cast, settings: Any) -> None:
    with finder(settings, with_meaning=False) as found:
        shows(told(cast.author, MEMBERS, title="Both", text="lantern"), "kind:tfmr")
        found.follow()
        viewer = Viewer.member(cast.other_member)
        assert titles(viewer, words="whatever") == ["Both"]
        page = search_for("lantern", viewer)
        assert page.by_words_only
        assert [one.thing.title_words() for one in page.found] == ["Both"]


def test_a_finder_that_is_away_is_named_so(cast: Cast, settings: Any) -> None:
    no_finder(settings)
    assert not client.is_there()
    with pytest.raises(FinderUnavailable):
        client.near(PLAN, kinds=STORIES, pull=0, reach=5)


def test_a_finder_that_is_still_reading_says_so(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.FINDER_SOCKET = tmp_path / "s"
    with FinderServer(settings.FINDER_SOCKET) as server:
        assert server.answer({"ping": True}) == {"error": "The index is being read."}


def test_another_embedder_embeds_everything_anew(cast: Cast, tmp_path: Path) -> None:
    told(cast.author, MEMBERS, title="First", text="canary")
    first = Finder(tmp_path / "files", real_embedder(), "one")
    first.catch_up()
    assert first.embed() == 1
    assert first.embed() == 0
    first.close()
    other = Finder(tmp_path / "files", real_embedder(), "other")
    other.catch_up()
    assert not other.vectors.used
    assert other.embed() == 1
    assert IndexedDocument.objects.get().embedded_by == "other"


def test_who_asks_while_very_much_changes_does_not_wait_for_all_of_it(cast: Cast, tmp_path: Path) -> None:
    found = Finder(tmp_path / "files")
    IndexedDocument.objects.bulk_create(
        IndexedDocument(kind="stories.story", thing_id=number, at=number, language="en", facts="kind:tfmr")
        for number in range(1, 4001)
    )
    found.is_ready, answered = True, list[int]()

    def asks() -> None:
        while not answered or 0 < answered[-1] < 100:
            answered.append(len(found.near(PLAN, STORIES, reach=100)))

    asking = threading.Thread(target=asks)
    found._take_up(IndexedDocument.objects.filter(thing_id=1))
    asking.start()
    found._take_up(IndexedDocument.objects.all())
    asking.join(20)
    assert len(answered) > 1  # it was answered meanwhile
    assert found.facts.used == 4000


def test_a_text_that_changes_while_it_is_embedded_is_embedded_again(cast: Cast, tmp_path: Path) -> None:
    story = told(cast.author, MEMBERS, title="", text="canary")

    class Slow:
        def embed(self, text: str) -> Any:
            return real_embedder().embed(text)

        def embed_windows(self, text: str, most: int) -> Any:
            if "canary" in text:
                story.text = "harbour"
                story.save()
                publish(story)
            return real_embedder().embed_windows(text, most)

    found = Finder(tmp_path / "files", Slow(), "slow")
    found.catch_up()
    found.embed()
    assert not Passage.objects.exists()
    assert found.embed() == 1
    assert Passage.objects.count() == 1


def test_words_rerank_exactly_though_few_are_measured(tmp_path: Path) -> None:
    found, chance = Finder(tmp_path / "files", real_embedder()), np.random.default_rng(4)
    facts = [frozenset(f"body:{term}" for term in np.flatnonzero(row)) for row in chance.random((3000, 9)) < 0.3]
    found.facts.fill(Row(key, STORIES[0], key, key % 50, facts[key - 1]) for key in range(1, 3001))
    drawn = chance.normal(size=(3000, 384)).astype(np.float32)
    for slot, vector in enumerate(drawn / np.linalg.norm(drawn, axis=1, keepdims=True)):
        found.vectors.put(slot, *packed(vector[None, :]))
    plan = Plan(tuple(Group((f"body:{term}",), term) for term in range(1, 9)))
    asked = real_embedder().embed("the harbour at night")
    slots, weights = found.facts.nearest(plan, 3000, found.facts.within(STORIES))
    for pull in (0.5, 3.0, 30.0):
        total = weights + pull * np.maximum(found.vectors.likeness(asked, slots), 0)
        order = in_order(total, found.facts.at.array[slots], found.facts.keys.array[slots])[:40]
        near = found.near(plan, STORIES, reach=40, words="the harbour at night", pull=pull)
        assert [key for _kind, key, _weight in near] == found.facts.things.array[slots[order]].tolist()
