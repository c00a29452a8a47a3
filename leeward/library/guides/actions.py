"""What editors do with guides: write, hand to a second reader, agree, give back, publish, review again, withdraw.

Each is refused where the version is no longer as the page showed it: two editors, two tabs or a second press of a
button never undo each other in silence.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from leeward.kit.moments import now_us, to_datetime
from leeward.library.actions import refuse_all_but_editors
from leeward.library.guides.content import Content
from leeward.library.guides.models import OPEN, Guide, Review, State, Step, Version, What
from leeward.members.models import Member


class ChangedMeanwhile(Exception):
    """Somebody else, or another tab, changed it since the page was opened. `now` is how it stands."""

    def __init__(self, now: Version) -> None:
        super().__init__(f"Version {now.number} of {now.guide.key} is {now.state}.")
        self.now = now


class NotByHerOwnHand(Exception):
    """Whoever wrote a version, or gave it to a second reader, is not the second reader."""


class ReviewedTooEarly(ValueError):
    """Its words changed after the day on which it is said to have been reviewed."""


class LanguageTaken(ValueError):
    """There is a guide of this key in this language."""


@dataclass(frozen=True)
class Reviewed:
    """Who reviewed a version.

    Args:
        reviewer: the real name of a person of the host's staff; everyone sees it.
        on: the day of the review.
        until: the day by which it is to be reviewed again.
    """

    reviewer: str
    on: datetime.date
    until: datetime.date


def begin(key: str, language: str, order: int, content: Content, *, by: Member) -> Version:
    """Begin a guide, or one that there is in another language; sent twice with the same words, it is one.

    Raises:
        PermissionDenied: she is no editor, or no longer.
        LanguageTaken: there is this guide in this language.
    """
    refuse_all_but_editors(by)
    try:
        with transaction.atomic():
            guide = Guide.objects.create(key=key, language=language, order=order)
            return _new_version(guide, content, by)
    except IntegrityError as taken:
        there = Version.objects.select_related("guide").get(guide__key=key, guide__language=language, number=1)
        if there.shipped or there.content != content:
            raise LanguageTaken from taken
        return there


def write(version: Version, content: Content, *, by: Member, seen: int) -> Version:
    """Keep new words: in this version while it is worked on, else in a new one; what was published stays as it is.

    What was with a second reader, or agreed, is a draft again: agreement is to exact words.

    Args:
        version: what she changed.
        content: what it shall say.
        by: who wrote it.
        seen: when the version changed last, as the page knew it.

    Returns:
        The version that holds the words.

    Raises:
        PermissionDenied: she is no editor, or no longer.
        ChangedMeanwhile: it was changed since, or another has begun the next version.
    """
    refuse_all_but_editors(by)
    with transaction.atomic():
        now = _as_it_stands(version)
        if now.content == content:
            return now
        later = _begun_after(now)
        if later is not None:
            if later.content == content:
                return later
            raise ChangedMeanwhile(later)
        if now.touched_at != seen:
            raise ChangedMeanwhile(now)
        if not now.is_open or now.shipped:
            return _new_version(now.guide, content, by)
        for name, value in content.as_fields().items():
            setattr(now, name, value)
        now.state, now.touched_at = State.DRAFT, _after(now.touched_at)
        now.save()
        _say(now, What.WROTE, by)
        return now


def hand_on(version: Version, *, by: Member, seen: int) -> None:
    """Give a draft to a second reader. Raises as `write` does."""
    with transaction.atomic():
        _say(_moved(version, {State.DRAFT}, State.SECOND, by, seen), What.HANDED, by)


def agree(version: Version, *, by: Member, seen: int) -> None:
    """Agree to a version exactly as it stands.

    Raises:
        NotByHerOwnHand: she wrote in it, or gave it to a second reader.
        PermissionDenied, ChangedMeanwhile: as `write` does.
    """
    if by.pk in hands_in(version)[version.pk]:
        raise NotByHerOwnHand
    with transaction.atomic():
        _say(_moved(version, {State.SECOND}, State.AGREED, by, seen), What.AGREED, by)


def give_back(version: Version, *, by: Member, seen: int, words: str) -> None:
    """Give a version back to whoever wrote it, with words. Raises as `write` does."""
    with transaction.atomic():
        _say(_moved(version, {State.SECOND, State.AGREED}, State.DRAFT, by, seen), What.GIVEN_BACK, by, words)


def publish(version: Version, reviewed: Reviewed, *, by: Member, seen: int) -> None:
    """Put a version before everyone, under the name of who reviewed it; the one before it is replaced, and kept.

    Raises:
        ReviewedTooEarly: its words changed after the day of the review.
        PermissionDenied, ChangedMeanwhile: as `write` does.
    """
    with transaction.atomic():
        guide = Guide.objects.select_for_update().get(pk=version.guide_id)
        _refuse_too_early(version, reviewed)
        for before in Version.objects.filter(guide=guide, state=State.PUBLISHED):
            _say(_moved(before, {State.PUBLISHED}, State.REPLACED, by, before.touched_at), What.REPLACED, by)
        _say(_moved(version, {State.AGREED}, State.PUBLISHED, by, seen), What.PUBLISHED, by)
        _keep_review(version, reviewed)


def review_again(version: Version, reviewed: Reviewed, *, by: Member, seen: int) -> None:
    """Write down that what is published was reviewed again, as it stands. Raises as `publish` does."""
    with transaction.atomic():
        _refuse_too_early(version, reviewed)
        _say(_moved(version, {State.PUBLISHED}, State.PUBLISHED, by, seen), What.REVIEWED, by)
        _keep_review(version, reviewed)


def withdraw(version: Version, *, by: Member, seen: int, words: str) -> None:
    """Take a version out of sight, or put a draft away, with the reason. It is kept. Raises as `write` does."""
    with transaction.atomic():
        _say(_moved(version, {State.PUBLISHED, *OPEN}, State.WITHDRAWN, by, seen), What.WITHDRAWN, by, words)


def hands_in(*versions: Version) -> dict[int, set[int]]:
    """Who wrote in each version or gave it to a second reader: none of them is the second reader. One question."""
    found: dict[int, set[int]] = {version.pk: set() for version in versions}
    steps = Step.objects.filter(version__in=versions, what__in=(What.WROTE, What.HANDED), by__isnull=False)
    for version, by in steps.values_list("version_id", "by__pk") if versions else ():
        found[version].add(by)
    return found


def _refuse_too_early(version: Version, reviewed: Reviewed) -> None:
    written = Step.objects.filter(version=version, what__in=(What.CAME, What.WROTE)).order_by("-at").first()
    if written is not None and reviewed.on < timezone.localtime(to_datetime(written.at)).date():
        raise ReviewedTooEarly


def _as_it_stands(version: Version) -> Version:
    return Version.objects.select_for_update(of=("self",)).select_related("guide").get(pk=version.pk)


def _begun_after(version: Version) -> Version | None:
    """The version that somebody has begun beside one that is not changed in place."""
    if version.is_open and not version.shipped:
        return None
    later = Version.objects.filter(guide=version.guide_id, number__gt=version.number, state__in=OPEN, shipped="")
    return later.select_related("guide").order_by("-number").first()


def _new_version(guide: Guide, content: Content, by: Member) -> Version:
    Guide.objects.select_for_update().get(pk=guide.pk)  # one number after the other
    number = (Version.objects.filter(guide=guide).aggregate(most=Max("number"))["most"] or 0) + 1
    version = Version.objects.create(guide=guide, number=number, **content.as_fields())
    _say(version, What.WROTE, by)
    return version


def _moved(version: Version, before: Collection[State], after: State, by: Member, seen: int) -> Version:
    """Move a version from one state to another, if it still stands as it was seen."""
    refuse_all_but_editors(by)
    unmoved = Version.objects.filter(pk=version.pk, state__in=before, touched_at=seen)
    if not unmoved.update(state=after, touched_at=_after(seen)):
        raise ChangedMeanwhile(_as_it_stands(version))
    return version


def _after(moment: int) -> int:
    return max(now_us(), moment + 1)


def _say(version: Version, what: What, by: Member, words: str = "") -> None:
    Step.objects.create(version=version, what=what, by=by, words=words.strip())


def _keep_review(version: Version, reviewed: Reviewed) -> None:
    Review.objects.create(
        version=version, reviewer=reviewed.reviewer.strip(), reviewed_on=reviewed.on, review_by=reviewed.until
    )
