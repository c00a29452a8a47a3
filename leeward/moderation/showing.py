"""What a moderator is shown of a case: what is needed, and no more."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from leeward.audience.notes import ContentNote
from leeward.audience.shared import Shared, State
from leeward.audience.things import find_by_id, model_of
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.moderation.actions.opening import thing_of
from leeward.moderation.models import Case


@dataclass(frozen=True)
class Shown:
    """A thing without its author's key: title, text, notes, who wrote it as the moderator may know it, its state."""

    title: str
    text: str
    notes: list[ContentNote]
    writer: str
    state: str
    touched_at: int


def token(case: Case, member_id: int | None) -> str:
    """A member as one case names her: the same within the case, another in each, and no way back to her."""
    mark = salted_hmac("leeward.moderation.token", f"{case.ref}:{member_id}", algorithm="sha256").hexdigest()
    return mark[:6]


def shown_thing(case: Case, moderator: Member) -> Shown | None:
    """The thing of a case that the moderator has opened; None if its author has taken it back."""
    thing = thing_of(case, moderator)
    return _shown(case, thing) if thing is not None else None


def shown_around(case: Case, moderator: Member) -> list[Shown]:
    """What the thing is inside of, innermost first."""
    viewer = Viewer.moderator(moderator)
    things = [find_by_id(kind, thing_id, viewer) for kind, thing_id in case.around]
    return [_shown(case, thing) for thing in things if thing is not None]


def kind_in_words(case: Case) -> str:
    """What kind of thing the case is about: "story"."""
    try:
        return str(model_of(case.kind)._meta.verbose_name)
    except LookupError:
        return case.kind


def _shown(case: Case, thing: Shared) -> Shown:
    if thing.author is None:
        writer = _("someone who has left")
    elif thing.signed:
        writer = thing.author.name
    else:
        writer = _("not signed; on this case: %(token)s") % {"token": token(case, thing.author_id)}
    state = str(State(thing.state).label)
    return Shown(thing.title_words(), thing.full_text(), thing.content_notes, writer, state, thing.touched_at)
