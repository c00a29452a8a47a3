"""Searching without the finder: by words alone, and said so."""

from __future__ import annotations

from typing import Any

import pytest

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.publishing import show_to, withdraw
from leeward.audience.viewers import Viewer
from leeward.search.fusion import search_for
from leeward.search.near import nearest
from leeward.search.plans import Group, Plan
from leeward.stories.models import ShownFact, Story
from tests.conftest import Cast
from tests.stories.telling import told

STORIES = ["stories.story"]


@pytest.fixture(autouse=True)
def _no_finder(settings: Any) -> None:
    settings.FINDER_SOCKET = settings.DATA / "no-finder-here.sock"


def titles(text: str, viewer: Viewer, **how: Any) -> list[str]:
    return [found.thing.title_words() for found in search_for(text, viewer, **how).found]


def test_stories_are_found_by_their_words_titles_first(cast: Cast) -> None:
    told(cast.author, MEMBERS, title="By the sea", text="We walked to the lighthouse every morning.")
    told(cast.author, MEMBERS, title="The lighthouse", text="Quiet days.")
    told(cast.author, MEMBERS, title="Nothing of it", text="Bread and rain.")
    assert titles("lighthouse", Viewer.member(cast.other_member)) == ["The lighthouse", "By the sea"]


def test_words_are_found_by_their_stems_their_beginnings_and_without_accents(cast: Cast) -> None:
    told(cast.author, MEMBERS, title="Zoë", text="She was grieving by the lighthouse.")
    viewer = Viewer.member(cast.other_member)
    for typed in ("grieve", "grieved", "lighth", "zoe", "ZOË"):
        assert titles(typed, viewer) == ["Zoë"], typed


def test_a_slip_of_the_keys_is_forgiven(cast: Cast) -> None:
    told(cast.author, MEMBERS, title="Ours", text="It was an ectopic pregnancy.")
    assert titles("ectopik", Viewer.member(cast.other_member)) == ["Ours"]


def test_an_acronym_finds_what_it_stands_for_and_the_other_way_round(cast: Cast) -> None:
    told(cast.author, MEMBERS, title="In full", text="It was ended for medical reasons.")
    told(cast.author, MEMBERS, title="In short", text="It was a TFMR.")
    viewer = Viewer.member(cast.other_member)
    assert set(titles("TFMR", viewer)) == {"In full", "In short"}
    assert set(titles("ended for medical reasons", viewer)) == {"In full", "In short"}


def test_no_mark_that_is_typed_breaks_the_search(cast: Cast) -> None:
    told(cast.author, MEMBERS, title="Ours", text="near the harbour")
    viewer = Viewer.member(cast.other_member)
    for typed in (
        'harbour"*:()^-+&|!<->\\',
        "NEAR(harbour)",
        "harbour AND",
        "%s harbour",
        "\x00harbour",
        "harbour_harbour",
        "harbour & ! | <-> (sea",
        "harbour:* 'harbour' \\'",
    ):
        assert titles(typed, viewer) == ["Ours"], typed
    nothing = ["", " ", '"', "' OR 1=1 --", "_", "____", "\x00", "()", "\ud800", "\u0301", "🕯️🕯️", "²½"]
    for typed in (*nothing, "ﷺ" * 2000, "a" * 10_000, "x " * 5_000):
        assert titles(typed, viewer) == [], typed
    assert titles("the of and", viewer) in (["Ours"], [])
    assert titles("harbour " * 2_000, viewer) == ["Ours"]


def test_the_order_does_not_tell_in_how_many_hidden_texts_a_word_stands(cast: Cast) -> None:
    """Who plants two texts of her own cannot learn by their order which of two words stands in what she may not see."""
    told(cast.other_member, EVERYONE, title="One", text="quillon")
    told(cast.other_member, EVERYONE, title="Two", text="wyvern")
    told(cast.other_member, EVERYONE, title="Three", text="rain")
    before = titles("quillon wyvern", Viewer.stranger())
    for word in ("quillon", "wyvern"):
        hidden = [told(cast.author, MEMBERS, title="", text=f"{word} {number}") for number in range(5)]
        assert titles("quillon wyvern", Viewer.stranger()) == before == ["Two", "One"]
        assert len(titles(word, Viewer.member(cast.same_ring))) == 6
        for story in hidden:
            withdraw(story)


def test_nobody_finds_what_she_may_not_see(cast: Cast) -> None:
    told(cast.author, MEMBERS, title="For members", text="canary")
    told(cast.author, EVERYONE, title="For everyone", text="canary")
    story = told(cast.author, MEMBERS, title="Taken away", text="canary")
    withdraw(story)
    viewers = cast.viewers()
    assert set(titles("canary", viewers["same_ring"])) == {"For members", "For everyone"}
    assert titles("canary", viewers["stranger"]) == ["For everyone"]
    assert titles("canary", viewers["blocked"]) == []
    assert set(titles("canary", viewers["author"])) == {"For members", "For everyone"}


def test_who_asked_not_to_meet_something_does_not_find_it(cast: Cast) -> None:
    told(cast.author, MEMBERS, title="Noted", text="canary", notes=1)
    assert titles("canary", Viewer.member(cast.other_member, shield=1)) == []
    assert titles("canary", Viewer.member(cast.author, shield=1)) == ["Noted"]


def test_pages_follow_one_another_without_a_gap(cast: Cast) -> None:
    for number in range(7):
        told(cast.author, MEMBERS, title=f"Story {number}", text="lantern")
    viewer, after, seen = Viewer.member(cast.other_member), 0, list[str]()
    while True:
        page = search_for("lantern", viewer, size=3, after=after)
        assert page.by_words_only
        seen += [found.thing.title_words() for found in page.found]
        if page.next is None:
            break
        after = page.next
    assert sorted(seen) == [f"Story {number}" for number in range(7)]


def shows(story: Story, *facts: str) -> Story:
    for fact in facts:
        facet, _colon, key = fact.partition(":")
        ShownFact.objects.create(story=story, facet=facet, key=key)
    show_to(story, [MEMBERS])
    return story


def test_without_the_finder_the_nearest_of_the_newest_are_found_by_facts(cast: Cast) -> None:
    plan = Plan((Group(("kind:tfmr",), 5), Group(("weeks:19", "weeks:20"), 4, more=1)))
    shows(told(cast.author, MEMBERS, title="Both"), "kind:tfmr", "weeks:20")
    shows(told(cast.author, MEMBERS, title="One"), "kind:tfmr")
    shows(told(cast.author, MEMBERS, title="None"), "kind:ectopic")
    hers = shows(told(cast.other_member, MEMBERS, title="Hers"), "kind:tfmr")
    viewer = Viewer.member(cast.other_member)
    near = nearest(plan, viewer, kinds=STORIES)
    assert near.is_partial
    assert [found.thing.title_words() for found in near.found] == ["Both", "One"]
    first = near.found[0]
    assert [
        found.thing.title_words()
        for found in nearest(plan, viewer, kinds=STORIES, but=[(first.kind, first.thing_id)]).found
    ] == ["One"]
    assert hers.pk in {found.thing_id for found in nearest(plan, Viewer.member(cast.same_ring), kinds=STORIES).found}
    assert nearest(Plan(), viewer, kinds=STORIES).found == []
    assert nearest(plan, cast.viewers()["blocked"], kinds=STORIES).found[0].thing_id == hers.pk
