"""Where this place says something else than a record's directory, and whether the directory has changed it since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from leeward.library.directory.models import Record


@dataclass(frozen=True)
class Edited:
    """A field that was changed here.

    Args:
        field: its name in the standard.
        here: what this place shows.
        was: what the directory said when it was changed here.
        now: what the directory says now.
    """

    field: str
    here: Any
    was: Any
    now: Any

    @property
    def differs(self) -> bool:
        """Whether the directory says something new since, and not what stands here."""
        return self.now not in (self.was, self.here)

    @property
    def agrees(self) -> bool:
        """Whether the directory has come to say what stands here: the change is no longer needed."""
        return bool(self.now == self.here)


def edited_fields(record: Record) -> list[Edited]:
    """What was changed here in a record, field by field."""
    return [
        Edited(field, edit.get("is"), edit.get("was"), record.data.get(field)) for field, edit in record.edits.items()
    ]


def differing(record: Record) -> list[Edited]:
    """Those that somebody has to look at again."""
    return [one for one in edited_fields(record) if one.differs]
