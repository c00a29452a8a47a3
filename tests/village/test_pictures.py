"""The drawn photos of the village: there from the first page on, one of them covered, none of anybody."""

from __future__ import annotations

import pytest

from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.photos.models import Photo, Stage
from leeward.stories.covers import COVER
from leeward.stories.models import Picture
from leeward.village.pictures import drawn_pictures

pytestmark = pytest.mark.usefixtures("in_the_village")


def test_all_that_were_drawn_hang_in_their_stories_and_are_prepared() -> None:
    seen = Picture.objects.visible_to(Viewer.member(Member.objects.get(name="Wren")))
    assert seen.count() == len(drawn_pictures()) == Photo.objects.filter(stage=Stage.READY).count()
    assert seen.values("story").distinct().count() >= 4
    assert all(picture.alt for picture in seen)


def test_a_stranger_meets_one_behind_the_cover_that_is_offered_for_it() -> None:
    covered = Picture.objects.visible_to(Viewer.stranger()).filter(cover=str(COVER["baby"].words))
    assert [picture.story.title for picture in covered.select_related("story")] == ["How's your mum"]
