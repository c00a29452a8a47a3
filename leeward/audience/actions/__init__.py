"""Every write of this room: whom a member does not want to meet, what she wants to be spared, whom she chooses."""

from leeward.audience.actions.blocks import block, unblock, when_blocked
from leeward.audience.actions.chosen import choose, chosen_ring, unchoose, when_unchosen
from leeward.audience.actions.sparing import (
    bring_back,
    change_shield,
    end_hard_day,
    hide_such,
    leave_as_preset,
    mute,
    preset,
    put_aside,
    say_today_is_hard,
    set_shield,
    unmute,
)

__all__ = [
    "block",
    "bring_back",
    "change_shield",
    "choose",
    "chosen_ring",
    "end_hard_day",
    "hide_such",
    "leave_as_preset",
    "mute",
    "preset",
    "put_aside",
    "say_today_is_hard",
    "set_shield",
    "unblock",
    "unchoose",
    "unmute",
    "when_blocked",
    "when_unchosen",
]
