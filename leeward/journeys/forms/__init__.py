"""The forms of this room."""

from leeward.journeys.forms.facets import Asked, FacetsForm
from leeward.journeys.forms.losses import LossForm
from leeward.journeys.forms.others import ChangedForm, FaithForm, WelcomeForm, WordForm, YouForm

__all__ = ["Asked", "ChangedForm", "FacetsForm", "FaithForm", "LossForm", "WelcomeForm", "WordForm", "YouForm"]
