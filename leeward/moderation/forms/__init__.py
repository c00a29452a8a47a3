"""What members, readers and moderators write, a file for each kind of page."""

from leeward.moderation.forms.deciding import DecisionForm, GroupForm, TakeBackForm
from leeward.moderation.forms.keeping import ConcernForm, DebriefForm, DeskForm, OpinionForm, SecondWordsForm
from leeward.moderation.forms.readers import HideSuchForm, ReportForm

__all__ = [
    "ConcernForm",
    "DebriefForm",
    "DecisionForm",
    "DeskForm",
    "GroupForm",
    "HideSuchForm",
    "OpinionForm",
    "ReportForm",
    "SecondWordsForm",
    "TakeBackForm",
]
