"""Every write of this room: hold, report, open, decide, take back, ask for another reading."""

from leeward.moderation.actions.cases import (
    ask_again,
    hold_first_text,
    is_hidden,
    name_the_second,
    report,
    stop_waiting,
)
from leeward.moderation.actions.deciding import Ruling, decide, when_released
from leeward.moderation.actions.effects import when_kept_from_writing
from leeward.moderation.actions.lifting import take_back
from leeward.moderation.actions.opening import open_case
from leeward.moderation.actions.outcome import Fate, Outcome
from leeward.moderation.actions.sending import (
    hand_in,
    hurtful_words,
    may_need_help,
    settle,
    settle_waiting,
)
from leeward.moderation.actions.together import decide_together, open_together

__all__ = [
    "Fate",
    "Outcome",
    "Ruling",
    "ask_again",
    "decide",
    "decide_together",
    "hand_in",
    "hold_first_text",
    "hurtful_words",
    "is_hidden",
    "may_need_help",
    "name_the_second",
    "open_case",
    "open_together",
    "report",
    "settle",
    "settle_waiting",
    "stop_waiting",
    "take_back",
    "when_kept_from_writing",
    "when_released",
]
