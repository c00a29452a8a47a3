"""Every write of this room: agree, tell, take back, move on."""

from leeward.journeys.actions.losses import keep_loss, remove_loss
from leeward.journeys.actions.moving import go_back, move_on
from leeward.journeys.actions.telling import (
    Given,
    NotAgreed,
    agree,
    answer,
    erase_faith,
    erase_journey,
    forget,
    say_my_word,
    tell_of_self,
)
from leeward.journeys.actions.weighing import weigh

__all__ = [
    "Given",
    "NotAgreed",
    "agree",
    "answer",
    "erase_faith",
    "erase_journey",
    "forget",
    "go_back",
    "keep_loss",
    "move_on",
    "remove_loss",
    "say_my_word",
    "tell_of_self",
    "weigh",
]
