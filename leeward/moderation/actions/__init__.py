"""Every write of this room: hold, report, open, decide, take back, ask for another reading."""

from leeward.moderation.actions.cases import ask_again, hold_first_text, is_hidden, report, stop_waiting
from leeward.moderation.actions.deciding import decide, when_released
from leeward.moderation.actions.lifting import take_back
from leeward.moderation.actions.opening import open_case

__all__ = [
    "ask_again",
    "decide",
    "hold_first_text",
    "is_hidden",
    "open_case",
    "report",
    "stop_waiting",
    "take_back",
    "when_released",
]
