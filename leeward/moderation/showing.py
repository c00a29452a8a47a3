"""What a moderator is shown of a case: what is needed, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from leeward.audience.notes import ContentNote
from leeward.audience.shared import Shared, State
from leeward.audience.things import find_by_id, model_of
from leeward.audience.viewers import Viewer
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member
from leeward.moderation.actions.opening import thing_of
from leeward.moderation.looked_at import Sight, is_looked_at, looking_at
from leeward.moderation.models import Case, Concern, ConcernAbout, Sent
from leeward.moderation.quoted import quoted_by
from leeward.moderation.sameness import LONG_ENOUGH
from leeward.moderation.signs import SIGNS


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
    return shown_of(case, thing) if thing is not None else None


def shown_around(case: Case, moderator: Member) -> list[Shown]:
    """What the thing is inside of, innermost first."""
    viewer = Viewer.moderator(moderator)
    things = [find_by_id(kind, thing_id, viewer) for kind, thing_id in case.around]
    return [shown_of(case, thing) for thing in things if thing is not None]


def shown_quote(case: Case, moderator: Member) -> str:
    """What the thing of an opened case quotes, as she may see it where it stands; "" for nothing."""
    thing = thing_of(case, moderator)
    return quoted_by(thing, Viewer.moderator(moderator)) if thing is not None else ""


def kind_in_words(case: Case) -> str:
    """What kind of thing the case is about: "answer"."""
    return _in_words(case.kind)


def under_in_words(case: Case) -> str:
    """What kind of thing is outermost around it: "story"."""
    return _in_words(case.under_kind)


def sight_of(case: Case, moderator: Member, asked: str) -> Sight | None:
    """What she may look at on a case; None if it is only read, is gone, or she has not opened the case.

    Args:
        case: the case.
        moderator: who looks.
        asked: "large" for the large size; else the small one.
    """
    thing = thing_of(case, moderator) if is_looked_at(case.kind) else None
    return looking_at(case.kind).show(thing, moderator, asked == "large") if thing is not None else None


def same_words_from_several(case: Case, shown: Shown) -> bool:
    """Whether the same words came from several accounts today: a sign, and no more, of one person behind them.

    Of a few words it is none: "I am so sorry for your loss" is everybody's.
    """
    if len(shown.text.split()) < LONG_ENOUGH:
        return False
    digest = Sent.objects.filter(kind=case.kind, thing_id=case.thing_id).values("digest")
    same = Sent.objects.filter(digest__in=digest, at__gt=now_us() - DAY)
    return same.values("member").distinct().count() > 1


def prefilled_clause(case: Case, reported_as: Iterable[str]) -> str:
    """The rule that what was found, or else what was pointed out, may touch; empty if there is none."""
    of_signs = [sign.clause for sign in SIGNS if sign.key in case.signs]
    of_reports = [_CLAUSE_OF_REASON.get(reason, "") for reason in reported_as]
    return next((clause for clause in (*of_signs, *of_reports) if clause), "")


_CLAUSE_OF_REASON = {
    "threat": "threats",
    "unmasks": "names",
    "cruel": "kind",
    "selling": "selling",
    "advice": "advice",
    "untrue": "honest",
    "note": "inside",
    "mine": "names",
    "law": "law",
}


def accounts_in_words(concern: Concern) -> list[str]:
    """Whom a concern is about: by name if named so, else by the token of the case; never one in place of the other."""
    found = []
    for about in ConcernAbout.objects.filter(concern=concern).select_related("member").order_by("pk"):
        if about.named:
            found.append(about.member.name)
        elif concern.case is not None:
            found.append(_("on the case: %(token)s") % {"token": token(concern.case, about.member_id)})
        else:
            found.append(_("somebody on a case that is gone"))
    return found


def shown_of(case: Case, thing: Shared) -> Shown:
    """A thing as this case shows it. Whoever asks has opened the case."""
    if thing.author is None:
        writer = _("someone who has left")
    elif thing.signed:
        writer = thing.writer_names or ""
    else:
        writer = _("not signed; on this case: %(token)s") % {"token": token(case, thing.author_id)}
    state = str(State(thing.state).label)
    return Shown(thing.title_words(), thing.full_text(), thing.content_notes, writer, state, thing.touched_at)


def _in_words(kind: str) -> str:
    try:
        return str(model_of(kind)._meta.verbose_name)
    except LookupError:  # the room that made it is no more
        return kind
