"""The part of the furnished place where drafts are read by one person first."""

from __future__ import annotations

from typing import Any

from leeward.audience.actions import choose
from leeward.stories.jointly.agreeing import ask_to_tell_together
from leeward.stories.models import Story
from tests.conftest import Cast
from tests.stories.reading_together import as_it_is, draft, draft_of_chapter, handed, remarked
from tests.stories.telling_together import joint


def reading_together(cast: Cast, hers: Story) -> dict[str, dict[str, Any]]:
    """Two drafts that nobody reads yet, one in the hands of her whom the author chose, and what she wrote about it.

    She is asked to tell that draft together. Another story the two tell already.

    Args:
        cast: who is in the place.
        hers: a story of the author's.
    """
    choose(cast.same_ring, cast.author)
    reading = handed(draft(cast.author), cast.same_ring)
    remark = remarked(reading, cast.author, "The end is not right yet.")
    told = joint(cast.author, cast.same_ring, title="The two of us", text="We told it in one evening.")
    ask_to_tell_together(as_it_is(reading), by=cast.author)
    of_reading = ("first_reading", "say_remark", "end_reading", "hand_anew", "decline_reading")
    return {
        "stories:hand_story": {"ref": draft(cast.author, title="Not yet").ref},
        "stories:hand_chapter": {"ref": draft_of_chapter(hers, title="Nor this").ref},
        **{f"stories:{door}": {"ref": reading.ref} for door in of_reading},
        "stories:take_remark_back": {"ref": remark.ref},
        **{f"stories:{door}": {"ref": told.ref} for door in ("jointly", "end_jointly")},
        **{f"stories:{door}": {"ref": reading.ref} for door in ("ask_jointly", "agree_jointly")},
    }
