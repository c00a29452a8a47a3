"""What is so in this place now: asked by its papers and by the gate."""

from __future__ import annotations

from pathlib import Path

from leeward import language as languages
from leeward.members.models import Member


def moderators_now() -> int:
    """How many members moderate and may decide now."""
    asked = Member.objects.filter(is_moderator=True, is_active=True, ended_at=None)
    return sum(not member.is_suspended for member in asked)


def has_screening(language: str) -> bool:
    """Whether texts of this language can be screened.

    Asked of the language's folder and not of `engine.load`, which would bring the models into the process that answers
    visitors; a test holds the two together.
    """
    folder = Path(languages.__file__).parent / language.partition("-")[0]
    return (folder / "thresholds.toml").exists()
