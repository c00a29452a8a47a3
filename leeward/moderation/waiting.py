"""What of a member's words waits before others see it: for the reader, or for a person."""

from __future__ import annotations

from dataclasses import dataclass

from leeward.audience.shared import Shared, State
from leeward.audience.things import kind_of, shared_models
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.moderation.models import Because, Case, CaseState, Screening


@dataclass(frozen=True)
class Waiting:
    """One text that waits.

    Args:
        kind: what it is, in words: "story".
        title: how it is named in lists.
        since: from when on it waits, microseconds.
        for_reader: whether it waits for the reader process; else for a person.
        path: where she reads, changes and takes it back; empty if what it stands in can no longer be seen.
    """

    kind: str
    title: str
    since: int
    for_reader: bool
    path: str


def waiting_of(member: Member, viewer: Viewer) -> list[Waiting]:
    """All that waits of a member, what has waited longest first.

    What is shown and was only pointed out does not wait: of that she is told nothing.
    """
    rows = Screening.objects.filter(author=member).values_list("kind", "thing_id", "at")
    for_reader = {(kind, pk): at for kind, pk, at in rows}
    for_person = {(case.kind, case.thing_id): case for case in Case.objects.filter(author=member, state=CaseState.OPEN)}
    found = []
    for thing in _held(member):
        key = (kind_of(thing), thing.pk)
        if key in for_reader:
            found.append(_waiting(thing, viewer, for_reader[key], for_reader=True))
        elif key in for_person:
            found.append(_waiting(thing, viewer, _since(thing, for_person[key]), for_reader=False))
    return sorted(found, key=lambda line: line.since)


def _held(member: Member) -> list[Shared]:
    held: list[Shared] = []
    for model in shared_models():
        things = model.objects.written_by(member).filter(state=State.HELD)
        held += things.select_related(*model.inside) if model.inside else things
    return held


def _since(thing: Shared, case: Case) -> int:
    """From when on a person is waited for. A case that began with a report must not tell her when that was."""
    if case.because in {Because.FIRST_TEXT, Because.DOUBTFUL}:
        return max(thing.touched_at, case.at)
    return thing.touched_at


def _waiting(thing: Shared, viewer: Viewer, since: int, *, for_reader: bool) -> Waiting:
    reachable = type(thing).objects.filter(pk=thing.pk).visible_to(viewer).exists()
    kind = str(thing._meta.verbose_name)
    excerpt = thing.excerpt() if type(thing).inside else thing.title_words()
    return Waiting(kind, excerpt, since, for_reader, thing.get_absolute_url() if reachable else "")
