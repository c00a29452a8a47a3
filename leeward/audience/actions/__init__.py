"""Every write of this room: whom a member does not want to meet, what she wants to be spared, whom she chooses."""

from leeward.audience.actions.blocks import block, unblock, when_blocked
from leeward.audience.actions.chosen import choose, chosen_ring, unchoose
from leeward.audience.actions.sparing import bring_back, hide_such, mute, put_aside, set_shield, unmute

__all__ = [
    "block",
    "bring_back",
    "choose",
    "chosen_ring",
    "hide_such",
    "mute",
    "put_aside",
    "set_shield",
    "unblock",
    "unchoose",
    "unmute",
    "when_blocked",
]
