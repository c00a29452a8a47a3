"""The parts of a service's page that an editor changes, and to which record each belongs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leeward.library.directory.desk.forms.lists import HoursForm, PhonesForm
from leeward.library.directory.desk.forms.parts import Part, PlaceForm, WordsForm

PARTS = {
    "words": Part(_("What it says of itself"), "service", WordsForm),
    "phones": Part(_("Telephone"), "service", PhonesForm),
    "hours": Part(_("Hours"), "service", HoursForm),
    "hours-there": Part(_("Hours at this place"), "service_at_location", HoursForm),
    "phones-there": Part(_("Telephone at this place"), "service_at_location", PhonesForm),
    "place": Part(_("The place and its address"), "location", PlaceForm),
}

WORDS = (
    *WordsForm.holds, *PlaceForm.holds, *PlaceForm.lines, "number", "extension", "opens", "closes",
)  # fmt: skip
"""The fields of these forms in which an editor writes."""
