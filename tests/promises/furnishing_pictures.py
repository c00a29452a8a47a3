"""Photos in the furnished place: one that others see, one in a chapter, and one that was locked."""

from __future__ import annotations

from typing import Any

from leeward.moderation.actions import Ruling, decide, open_case, report, settle
from leeward.moderation.models import Act, Case, FirstTexts, Locked
from leeward.stories.models import Chapter, Picture, Story
from tests.conftest import Cast
from tests.stories.photographs import standing


def pictures_in(cast: Cast, story: Story, chapter: Chapter) -> dict[str, dict[str, Any]]:
    """The parts of the addresses of their doors."""
    FirstTexts.objects.filter(member=cast.author).update(photos_released=100)
    first, covered, locked = (
        standing(story, alt="two bags in a hall"),
        standing(chapter, "teal", cover="a photo of a baby who died, with love"),
        standing(story, "navy"),
    )
    for picture in (first, covered, locked):
        settle(picture)
        picture.refresh_from_db(from_queryset=Picture.objects.written_by(cast.author))
    report(locked, by=cast.other_member, reason="law")
    case = Case.objects.get(kind="stories.picture", thing_id=locked.pk)
    open_case(case, moderator=cast.moderator)
    decide(case, moderator=cast.moderator, ruling=Ruling(Act.LOCK), seen=locked.touched_at)
    return {
        "stories:pictures": {"ref": story.ref},
        "stories:chapter_pictures": {"ref": chapter.ref},
        "stories:take_picture_away": {"ref": first.ref},
        "moderation:locked_step": {"ref": Locked.objects.get().ref},
    }
