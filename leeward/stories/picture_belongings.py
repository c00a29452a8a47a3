"""What is kept of a member's photos in stories, how it is given to her, and how it goes."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leeward.audience.shared import State
from leeward.kit.moments import written_out
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member
from leeward.photos import holders
from leeward.photos.reasons import state_words
from leeward.stories.actions.pictures import take_all_pictures, when_prepared
from leeward.stories.models import Picture


def register_pictures() -> None:
    """Register photos in stories with members, and what happens once one is prepared. Called at start-up."""
    register(Belonging("pictures", _("Photos in my stories"), (Picture,), _export, _erase))
    holders.register(Picture)
    holders.when_ready(when_prepared)


def _export(member: Member) -> Iterator[Row]:
    """The files themselves are given beside it (photos), under the name that stands here."""
    hers = Picture.objects.written_by(member).select_related("story", "chapter", "photo")
    for picture in hers.order_by("story", "chapter", "place", "pk"):
        yield {
            "of": picture.part.title_words(),
            "photo": picture.photo.ref,
            "how_far": state_words(picture.photo),
            "what_it_shows": picture.alt,
            "cover": picture.cover,
            "state": str(State(picture.state).label),
            "published": written_out(picture.at),
            "signed": picture.signed,
            **picture.notes_in_words,
        }


def _erase(member: Member, farewell: Farewell) -> None:
    """Photos go with her either way: a face, or a child, is hers to take along, and nobody could take it back later."""
    take_all_pictures(member)
