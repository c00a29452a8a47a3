"""Drafts of the village that one person reads first."""

from __future__ import annotations

import pytest

from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.stories.together.lists import read_together
from leeward.stories.together.questions import remarks_of

pytestmark = pytest.mark.usefixtures("in_the_village")


def test_hazel_is_asked_by_one_and_has_one_read_by_another() -> None:
    hazel = Member.objects.get(name="Hazel")
    viewer = Viewer.member(hazel)
    lists = read_together(hazel, viewer)
    assert [one.name for one in lists.asked] == ["Jules"]
    assert [one.name for one in lists.handed] == ["Jules"]
    said = remarks_of(lists.handed[0].reading, hazel, viewer)
    assert [one.mine for one in said] == [False, True]


def test_nobody_else_of_the_village_sees_any_of_it() -> None:
    for name in ("Carys", "Wren", "Hesper"):
        member = Member.objects.get(name=name)
        lists = read_together(member, Viewer.member(member))
        assert [*lists.asked, *lists.handed, *lists.ended, *lists.remarks] == []
