"""The guides that come with the program: brought in as drafts, each new text beside what is there, never over it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from leeward.library.guides.content import GuideUnreadableError, read_file
from leeward.library.guides.models import Guide, State, Step, Version, What

TEXTS = Path(__file__).parent / "texts"


def bring_in(folder: Path = TEXTS) -> list[Version]:
    """Bring in what is not here yet. Done again, it changes nothing.

    A text that is newer than the one brought in before becomes a new draft; the older one, if nobody has taken it up,
    is put aside as replaced. Nothing is published, and no reviewer is named.

    Returns:
        The versions that were made.

    Raises:
        GuideUnreadableError: a file cannot be understood; nothing of any was brought in.
    """
    with transaction.atomic():
        made = [_bring_in_one(path) for path in sorted(folder.glob("*.md"))]
    return [version for version in made if version is not None]


def print_of(written: str) -> str:
    """A short name for exactly this text."""
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def _bring_in_one(path: Path) -> Version | None:
    written = path.read_text(encoding="utf-8")
    if Version.objects.filter(shipped=print_of(written)).exists():
        return None
    try:
        which, content = read_file(written)
    except GuideUnreadableError as error:
        raise GuideUnreadableError(f"{path.name}: {error}") from error
    guide, _made = Guide.objects.get_or_create(
        key=which["key"], language=which["language"], defaults={"order": which["order"]}
    )
    untouched = guide.versions.filter(state=State.DRAFT).exclude(shipped="")
    for old in untouched.exclude(steps__what__in=[what for what in What if what != What.CAME]):
        Version.objects.filter(pk=old.pk).update(state=State.REPLACED)
        Step.objects.create(version=old, what=What.REPLACED)
    number = (guide.versions.aggregate(most=Max("number"))["most"] or 0) + 1
    version = Version.objects.create(guide=guide, number=number, shipped=print_of(written), **content.as_fields())
    Step.objects.create(version=version, what=What.CAME)
    return version
