"""What each section of a hand's file says to each head of the model."""

from __future__ import annotations

from typing import Final

HEADS: Final = ("hold", "threat", "selling", "platitude", "crisis", "plan")
"""The heads, in the order of the model's output; `leeward.language.model.HEADS` is the same (a test compares)."""

UNKNOWN: Final = -1
"""A section tells nothing to this head: cruel words may hold a platitude too, and a threat may speak of death."""

SECTIONS: Final = (
    *("hold", "threat", "selling", "pass", "platitude", "not_platitude"),
    *("crisis", "plan", "not_crisis", "ordinary"),
)
"""The sections of a hand's file."""


def targets(section: str) -> tuple[int, ...]:
    """What each head should say to a line of this section: 1, 0 or UNKNOWN.

    Raises:
        ValueError: there is no such section.
    """
    if section not in SECTIONS:
        raise ValueError(f"A hand has no section {section!r}.")
    hostile = section in {"hold", "threat", "selling"}
    return (
        int(hostile),
        int(section == "threat"),
        int(section == "selling"),
        UNKNOWN if section in {"hold", "threat"} else int(section == "platitude"),
        UNKNOWN if section == "threat" else int(section in {"crisis", "plan"}),
        UNKNOWN if section == "crisis" else int(section == "plan"),
    )
