"""What a person asks of those who answer her: said above the box to whoever is about to write."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.stories.models import Story


class Asking(models.TextChoices):
    """What can be asked for; several, or nothing. The order is that of the bits in `Story.asking`: append only."""

    HEARD = "heard", gettext_lazy("Only to be heard")
    EXPERIENCE = "experience", gettext_lazy("Your experience")
    INFORMATION = "information", gettext_lazy("Information")
    PRACTICAL = "practical", gettext_lazy("Something practical")
    HOPE = "hope", gettext_lazy("Hope")


def mask_of(keys: Iterable[str]) -> int:
    """The bit mask of these; a key that is none is passed over."""
    wanted = set(keys)
    return sum(1 << bit for bit, one in enumerate(Asking) if one.value in wanted)


def asked_by(story: Story) -> list[Asking]:
    """What a story asks for, in the order in which it is offered."""
    return [one for bit, one in enumerate(Asking) if story.asking & 1 << bit]


def asking_in_words(story: Story, *, mine: bool) -> str:
    """What a story asks for, as a sentence for whoever reads it; empty if it asks for nothing.

    What was not signed says the same before and after its author has left. Of what was signed, nobody asks any more.

    Args:
        story: one that is shown to whoever reads the sentence.
        mine: whether its author reads it.
    """
    asked = [] if story.taken_back_at or (story.signed and story.author is None) else asked_by(story)
    if not asked:
        return ""
    if mine:
        return _("You ask for: %(what)s") % {"what": " · ".join(str(one.label) for one in asked)}
    what = {"what": _("only to be heard") if asked == [Asking.HEARD] else _listed(asked)}
    if not story.signed or story.author is None:
        return _("Who told this asks %(what)s.") % what
    sentence = _("%(name)s asks %(what)s.") if story.also_id is None else _("%(name)s ask %(what)s.")
    return sentence % {**what, "name": story.writer_names}


def _listed(asked: list[Asking]) -> str:
    said = {
        Asking.HEARD: _("to be heard"),
        Asking.EXPERIENCE: _("for your experience"),
        Asking.INFORMATION: _("for information"),
        Asking.PRACTICAL: _("for something practical"),
        Asking.HOPE: _("for hope"),
    }
    return get_text_list([said[one] for one in asked], _("and"))
