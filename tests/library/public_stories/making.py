"""Public stories for tests: on the desk, and in the library."""

from __future__ import annotations

from dataclasses import replace

from leeward.audience.notes import mask_of
from leeward.library.public_stories.actions import Said, approve, take_in
from leeward.library.public_stories.models import Ground, PublicStory
from leeward.library.public_stories.reading.articles import read
from leeward.members.models import Member
from tests.library.public_stories.corpus import articles

SAID = Said(
    title="One cot of two",
    author="Agnes Brekke",
    source="The Lantern",
    address="https://lantern.example/one-cot",
    published_on=None,
    telling="Ingrid Solheim",
    place=1,
    summary="Of twins, one lived. She tells of his birthdays.",
    ground=Ground.PUBLICATION,
    told_by_herself=True,
    facts=(("kind", "multiple"), ("relation", "carried")),
    notes=mask_of(["living_child"]),
)
"""What an editor says of the article about the twins."""


def on_the_desk(name: str = "05_twins", by: Member | None = None) -> PublicStory:
    """An article of our own making that waits for an editor."""
    raw = next(one.raw for one in articles() if one.name == name)
    (ref,) = take_in([read(raw, name)], by=by)
    return PublicStory.objects.get(ref=ref)


def in_the_library(by: Member, name: str = "05_twins", **said: object) -> PublicStory:
    """One that an editor approved."""
    story = on_the_desk(name)
    words = {"address": f"https://lantern.example/{name}", **said}
    return approve(story, replace(SAID, **words), by=by, seen=story.version)  # type: ignore[arg-type]  # fields of Said


def behind_doors(editor: Member) -> dict[str, dict[str, str]]:
    """What stands behind each door: one in the library, with another of the same telling, and one that waits."""
    shown, waiting = in_the_library(editor), on_the_desk("01_ivf", by=editor)
    in_the_library(editor, "03_stillbirth", title="The name on a wrist", place=2)
    return {
        **{f"public_stories:{door}": {"ref": shown.ref} for door in ("read", "removal", "removing")},
        "public_stories:desk_story": {"ref": waiting.ref},
    }
