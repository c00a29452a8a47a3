"""A photo in a furnished place, at an address that was made for its author."""

from __future__ import annotations

from typing import Any

from leeward.audience.viewers import Viewer
from leeward.photos.addresses import address_of
from leeward.photos.sizes import Size
from leeward.stories.models import Story
from tests.stories.photographs import added


def photo_in(story: Story) -> dict[str, dict[str, Any]]:
    """Where the author of a story finds a photo that she has added to it."""
    photo = added(story).photo
    assert story.author is not None
    size, ticket = address_of(photo, Size.SMALL, Viewer.member(story.author)).split("/")[-2:]
    return {"photos:show": {"ref": photo.ref, "size": size, "ticket": ticket}}
