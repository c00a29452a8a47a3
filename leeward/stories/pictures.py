"""The photos of a story as one reader meets them: those that she may and wants to see, some of them behind a cover."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict

from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.moderation.actions import is_hidden
from leeward.photos.addresses import address_of, srcset_of
from leeward.photos.models import Stage
from leeward.photos.reading import measures
from leeward.photos.reasons import state_words
from leeward.photos.sizes import Size
from leeward.stories.models import Chapter, Picture, Story, story_and_chapter


@dataclass(frozen=True)
class ShownPicture:
    """One photo on the page of its story.

    Args:
        picture: it.
        src: where this reader finds it, for a quarter of an hour or a little longer; "" while it is not prepared.
        srcset: the same in all sizes.
        width: of the size at `src`, pixels.
        height: the same.
        closed: whether its cover is on.
        only_mine: told to its author: why nobody else sees it now; "" if others do, or it is not hers.
        said: told to its author: how far it has come, if it is not prepared.
    """

    picture: Picture
    src: str
    srcset: str
    width: int
    height: int
    closed: bool = False
    only_mine: str = ""
    said: str = ""


@dataclass(frozen=True)
class PicturesShown:
    """The photos of one story for one reader.

    Args:
        by_part: by the key of their chapter; 0: of the beginning.
        way: the address of the page with what is open on it, to which a cover adds itself.
    """

    by_part: Mapping[int, list[ShownPicture]] = field(default_factory=dict)
    way: str = ""

    def of(self, chapter: Chapter | None = None) -> list[ShownPicture]:
        """Those of a chapter, or of the beginning."""
        return self.by_part.get(chapter.pk if chapter else 0, [])


def pictures_shown(story: Story, viewer: Viewer, asked: QueryDict) -> PicturesShown:
    """The photos that this viewer meets in a story. One query.

    Args:
        story: a story that she may see and has open.
        viewer: who looks.
        asked: what the address of the page asks for; `picture` names those that she has taken the cover off.
    """
    kept = [(name, ref) for name in ("open", "chapter", "picture") for ref in asked.getlist(name)]
    way = f"{story.get_absolute_url()}?{urlencode(kept)}{'&' * bool(kept)}"
    return PicturesShown(pictures_of(story, viewer, asked.getlist("picture")), way)


def pictures_of(story: Story, viewer: Viewer, opened: Collection[str] = ()) -> dict[int, list[ShownPicture]]:
    """The photos that this viewer meets in a story, by the key of their chapter; 0: of the beginning. One query."""
    prepared = Q(photo__stage=Stage.READY) | Q(author_id=viewer.member_id)
    seen = Picture.objects.filter(prepared, story=story).visible_to(viewer).gentle_for(viewer)
    shown: dict[int, list[ShownPicture]] = defaultdict(list)
    for picture in seen.select_related("photo").order_by("place", "pk"):
        shown[picture.chapter_id or 0].append(_shown(picture, viewer, opened))
    return shown


def own_pictures(part: Story | Chapter, member: Member) -> list[Picture]:
    """All photos of a member's own story's beginning, or of a chapter, in order, whatever their state."""
    story, chapter = story_and_chapter(part)
    hers = Picture.objects.written_by(member).filter(story=story, chapter=chapter)
    return list(hers.select_related("photo", "story", "chapter").order_by("place", "pk"))


def _shown(picture: Picture, viewer: Viewer, opened: Collection[str]) -> ShownPicture:
    if picture.photo.stage != Stage.READY:
        return ShownPicture(picture, "", "", 0, 0, said=state_words(picture.photo))
    width, height = measures(picture.photo, Size.MIDDLE)
    mine = viewer.is_member and picture.author_id == viewer.member_id
    return ShownPicture(
        picture,
        address_of(picture.photo, Size.MIDDLE, viewer),
        srcset_of(picture.photo, viewer),
        width,
        height,
        closed=bool(picture.cover) and picture.ref not in opened,
        only_mine=state_of(picture) if mine and not picture.is_live else "",
    )


def state_of(picture: Picture) -> str:
    """Which of the states below a photo is in, that nobody but its author sees now: a key for the templates."""
    if is_hidden(picture):
        return "hidden"
    return "waits" if picture.is_held else "draft"
