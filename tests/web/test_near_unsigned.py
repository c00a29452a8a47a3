"""Near a story that is not signed nobody is named: whoever shows the same facts may be who told it."""

from __future__ import annotations

from typing import Any

import pytest

from leeward.audience.models import MEMBERS
from leeward.audience.publishing import changed
from leeward.members.models import Member
from leeward.stories.models import ShownFact, Story
from tests.circles.people import IVF, LATE, findable
from tests.conftest import Cast, signed_in
from tests.finding import no_finder
from tests.stories.telling import told


@pytest.fixture(autouse=True)
def _without_finder(settings: Any) -> None:
    no_finder(settings)


def shows(author: Member, *, signed: bool) -> Story:
    story = told(author, MEMBERS, title="Twenty weeks", signed=signed)
    ShownFact.objects.bulk_create([ShownFact(story=story, facet=facet, key=key) for facet, key in (LATE, IVF)])
    changed(story)
    return story


def page_near(reader: Member, story: Story) -> str:
    return signed_in(reader).get(f"/near/?to={story.ref}").content.decode()


def test_who_shows_the_facts_of_a_signed_story_stands_beside_it(cast: Cast) -> None:
    findable(cast.author, LATE, IVF)
    assert "Maud" in page_near(cast.other_member, shows(cast.author, signed=True))


def test_who_told_an_unsigned_story_does_not_stand_beside_it_nor_does_anybody(cast: Cast) -> None:
    findable(cast.author, LATE, IVF)
    findable(cast.same_ring, LATE, IVF)
    page = page_near(cast.other_member, shows(cast.author, signed=False))
    assert "Maud" not in page
    assert "Ines" not in page


def test_stories_stand_beside_it_as_ever(cast: Cast) -> None:
    shows(cast.host, signed=True)
    assert "Hesper" in page_near(cast.other_member, shows(cast.author, signed=False))
