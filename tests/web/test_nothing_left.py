"""What is deleted is gone from the files of a place too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

SECRET = b"kestrelquarry"
ITS_STEM = b"strelquarr"  # as the index of words keeps it, behind what it shares with the word before
TOLD = """
from leeward.members.models import Member
from tests.stories.telling import told
author = Member(name="Maud")
author.save()
for number in range(5):
    told(author, -1, text=f"by the harbour {number}")
told(author, -1, text="We went to kestrelquarry in the morning.")
"""
TAKEN_BACK = """
from leeward.members.models import Member
from leeward.stories.models import Story
Story.objects.written_by(Member.objects.get()).order_by("-pk").first().delete()
"""


def bytes_in(place: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file())


def test_nothing_of_a_deleted_story_is_left_in_the_files_of_a_place(
    place_on_sqlite: Callable[..., str], tmp_path: Path
) -> None:
    place = {"LEEWARD_DATA": str(tmp_path)}
    place_on_sqlite("migrate", "--verbosity=0", **place)
    place_on_sqlite("shell", "-c", TOLD, **place)
    assert SECRET in bytes_in(tmp_path)
    place_on_sqlite("shell", "-c", TAKEN_BACK, **place)
    place_on_sqlite("tend", **place)
    assert ITS_STEM not in bytes_in(tmp_path)
