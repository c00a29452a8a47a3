"""What this room keeps: rows with who, when and why."""

from leeward.moderation.models.cases import Because, Case, CaseState, Evidence, Priority, Report
from leeward.moderation.models.conduct import Rush, Storm
from leeward.moderation.models.decisions import (
    OF_ONE,
    OUT_OF_SIGHT,
    RESTRICTIONS,
    Act,
    Appeal,
    Decision,
    Effect,
    Found,
    Telling,
)
from leeward.moderation.models.keepers import (
    Concern,
    ConcernAbout,
    ConcernState,
    Debrief,
    Desk,
    Greeting,
    GreetingDay,
    HandedOn,
    Opinion,
)
from leeward.moderation.models.locking import Locked, LockedStep, StepTaken
from leeward.moderation.models.papers import DayCount, Disclosure, HostText, RulesVersion
from leeward.moderation.models.sending import FirstTexts, HardPhrase, Screening, Sent

__all__ = [
    "OF_ONE",
    "OUT_OF_SIGHT",
    "RESTRICTIONS",
    "Act",
    "Appeal",
    "Because",
    "Case",
    "CaseState",
    "Concern",
    "ConcernAbout",
    "ConcernState",
    "DayCount",
    "Debrief",
    "Decision",
    "Desk",
    "Disclosure",
    "Effect",
    "Evidence",
    "FirstTexts",
    "Found",
    "Greeting",
    "GreetingDay",
    "HandedOn",
    "HardPhrase",
    "HostText",
    "Locked",
    "LockedStep",
    "Opinion",
    "Priority",
    "Report",
    "RulesVersion",
    "Rush",
    "Screening",
    "Sent",
    "StepTaken",
    "Storm",
    "Telling",
]
