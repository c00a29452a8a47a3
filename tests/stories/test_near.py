"""Near: stories by shared facts, with reasons, from what may be seen."""

from __future__ import annotations

from django.test import Client

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.publishing import publish, show_to
from leeward.audience.viewers import Viewer
from leeward.journeys.nearness import Profile
from leeward.journeys.words import Speech
from leeward.stories.models import ShownFact, Story
from leeward.stories.near import near
from tests.conftest import Cast

AT_TWENTY_WEEKS = Profile.from_pairs([("kind", "miscarriage_late"), ("path", "ivf")], weeks=[20])


def tell(cast: Cast, title: str, facts: list[tuple[str, str]], ring: int = MEMBERS) -> Story:
    story: Story = Story.objects.create(author=cast.author, title=title, text=title)
    ShownFact.objects.bulk_create([ShownFact(story=story, facet=facet, key=key) for facet, key in facts])
    show_to(story, [ring])
    publish(story)
    return story


def titles(cast: Cast, viewer: Viewer) -> list[str]:
    return [one.story.title for one in near(AT_TWENTY_WEEKS, viewer)]


def test_the_story_that_shares_most_comes_first_and_one_that_shares_nothing_does_not_come(cast: Cast) -> None:
    tell(cast, "only the path", [("path", "ivf")])
    tell(cast, "all of it", [("kind", "miscarriage_late"), ("weeks", "21"), ("path", "ivf")])
    tell(cast, "something else", [("kind", "molar"), ("path", "adoption")])
    tell(cast, "nothing said", [])
    assert titles(cast, Viewer.member(cast.other_member)) == ["all of it", "only the path"]


def test_each_near_story_says_why(cast: Cast) -> None:
    tell(cast, "all of it", [("kind", "miscarriage_late"), ("weeks", "20"), ("path", "ivf")])
    (one,) = near(AT_TWENTY_WEEKS, Viewer.member(cast.other_member))
    said = " · ".join(one.reasons).lower()
    assert "weeks" in said
    assert "ivf" in said


def test_reasons_are_said_in_the_readers_own_words(cast: Cast) -> None:
    tell(cast, "all of it", [("path", "ivf")])
    speech = Speech({("path", "ivf"): "the clinic years"})
    (one,) = near(AT_TWENTY_WEEKS, Viewer.member(cast.other_member), speech=speech)
    assert one.reasons == ["also: the clinic years"]


def test_only_what_may_be_seen_is_near(cast: Cast) -> None:
    tell(cast, "for members", [("path", "ivf")])
    tell(cast, "for everyone", [("path", "ivf")], EVERYONE)
    assert titles(cast, Viewer.stranger()) == ["for everyone"]
    assert titles(cast, Viewer.member(cast.blocked)) == []
    assert set(titles(cast, Viewer.member(cast.host))) == {"for members", "for everyone"}


def test_a_stranger_finds_what_is_near_to_a_public_story(cast: Cast) -> None:
    story = tell(cast, "for everyone", [("path", "ivf")], EVERYONE)
    tell(cast, "near to it", [("path", "ivf")], EVERYONE)
    page = Client().get(f"/near/?to={story.ref}").content.decode()
    assert "near to it" in page
    assert "also through IVF" in page


def test_a_profile_without_facts_is_near_to_nothing(cast: Cast) -> None:
    tell(cast, "for members", [("path", "ivf")])
    assert near(Profile.from_pairs([], weeks=[]), Viewer.member(cast.other_member)) == []
