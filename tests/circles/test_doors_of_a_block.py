"""No door about a meeting, however it is guessed, tells a block from an end after which she took back her words."""

from __future__ import annotations

import re

import pytest

from leeward.audience.actions import block
from leeward.circles.actions.ending import end, take_back_mine
from leeward.circles.models import Meeting
from leeward.members.models import Member
from tests.circles.people import met
from tests.circles.reading import at_one_moment, plain
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import text_of

DOORS = (
    "/me/blocks/by/circles.meeting/{ref}/",
    "/report/circles.meeting/{ref}/",
    "/report/circles.meeting/{ref}/done/",
    "/hide/circles.meeting/{ref}/",
    "/meetings/{ref}/",
    "/meetings/{ref}/end/",
    "/meetings/{ref}/take-back/",
    "/people/",
)


def found(watcher: Member, meeting: Meeting) -> dict[str, tuple[int, str]]:
    pages = {}
    for door in DOORS:
        answer = signed_in(watcher).get(door.format(ref=meeting.ref))
        pages[door] = answer.status_code, re.sub(r"\b[a-z0-9]{14}\b", "REF", plain(text_of(answer)))
    return pages


@pytest.mark.parametrize("she_wrote_first", [True, False])
def test_what_he_finds_is_the_same(cast: Cast, she_wrote_first: bool) -> None:
    she, he = cast.other_member, cast.same_ring
    pair = (she, he) if she_wrote_first else (he, she)
    ended = met(*pair)
    signed_in(he).get(ended.get_absolute_url())
    take_back_mine(ended, by=she)
    end(ended, by=she)
    at_one_moment(ended)
    after_an_end = found(he, ended)
    Meeting._base_manager.all().delete()
    blocked = met(*pair)
    signed_in(he).get(blocked.get_absolute_url())
    block(she, he)
    at_one_moment(blocked)
    assert found(he, blocked) == after_an_end
