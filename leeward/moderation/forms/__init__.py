"""What members, readers and moderators write, a file for each kind of page."""

from leeward.moderation.forms.deciding import DecisionForm, TakeBackForm
from leeward.moderation.forms.readers import HideSuchForm, ReportForm

__all__ = ["DecisionForm", "HideSuchForm", "ReportForm", "TakeBackForm"]
