"""Links to stories of this place in what members write, as small cards for who may and wants to see those stories.

Nothing is stored: a card is made for one reader at one moment, and what was taken back is no card any more. For others
the link stays what was typed, and tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from django.conf import settings

from leeward.audience.rows import tellers_of
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.kit.refs import REF_LENGTH
from leeward.stories.models import Story

MOST_OF_A_TEXT = 3
"""So many cards stand below one text."""
_MOST_OF_A_PAGE = 60
_PATH = "/stories/"


def links_in(text: str) -> list[str]:
    """The refs of stories to which a text links, in its order, each once. The same for every reader.

    Args:
        text: Markdown.
    """
    if _PATH not in text:
        return []
    return list(dict.fromkeys(_link(settings.BASE_URL).findall(text)))[:MOST_OF_A_TEXT]


def stories_linked_in(texts: Iterable[str], viewer: Viewer, *, but: str = "") -> dict[str, Story]:
    """The stories to which texts link, by their refs, that this viewer may and wants to see. One query, or none.

    Args:
        texts: Markdown, all that stands on one page.
        viewer: who looks.
        but: the ref of the story on whose page they stand.
    """
    refs = {ref for text in texts for ref in links_in(text)} - {but}
    if not refs:
        return {}
    linked = Story.objects.filter(ref__in=sorted(refs)[:_MOST_OF_A_PAGE], state=State.LIVE, taken_back_at=None)
    seen = linked.visible_to(viewer).gentle_for(viewer).select_related(*tellers_of(Story))
    return {story.ref: story for story in seen if story.is_live}


@cache
def _link(base: str) -> re.Pattern[str]:
    """An address of a story of this place, whole or from its root."""
    here = re.escape(base.rstrip("/"))
    return re.compile(rf"(?:{here}|(?<![\w/.:-])){_PATH}([0-9a-z]{{{REF_LENGTH}}})(?![0-9A-Za-z-])")
