"""The sentences of a statement of reasons. Plain, kind, and true in every case that they are said in."""

from __future__ import annotations

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.kit.moments import now_us, to_datetime
from leeward.moderation.models import Act, Decision, Found

_MEANING = {
    Act.WORD: gettext_lazy("It stands as it was. Somebody who reads here wrote to you."),
    Act.WARN: gettext_lazy("It stands as it was. This is a warning: nothing else changes for you."),
    Act.ASK: gettext_lazy(
        "It is hidden: only you can see it. You can change it, and then ask here for it to be read again."
    ),
    Act.HIDE: gettext_lazy("It is hidden: only you can see it."),
    Act.REMOVE: gettext_lazy(
        "It is taken out of sight for good: only you can see it. You can copy it, and you can delete it."
    ),
    Act.PAUSE: gettext_lazy(
        "It is taken out of sight, and you cannot write here for a time. "
        "You can read, take a copy of everything of yours, and leave."
    ),
    Act.END: gettext_lazy(
        "What you showed to others is taken out of sight, and your membership has ended. "
        "You can still sign in to read this, object, take a copy of everything of yours, and leave."
    ),
    Act.LOCK: gettext_lazy(
        "It is locked: nobody sees it now, you neither, and it is kept until a date. "
        "This says nothing of you: whether the law is touched is for others to find out, and it may be a mistake."
    ),
    Act.LIFT: gettext_lazy("An earlier decision was taken back."),
}

_EXTENT = {
    Act.WARN: gettext_lazy("Nothing is restricted."),
    Act.PAUSE: gettext_lazy(
        "Your text is out of sight everywhere in this place, in every country. "
        "What you write for others is not sent, also everywhere in this place. Your other texts stay as they are."
    ),
    Act.END: gettext_lazy(
        "Everything that you showed to others is out of sight, everywhere in this place, in every country; "
        "and with your membership you cannot write here. You see what everybody sees without an account."
    ),
}

_EVERYWHERE = gettext_lazy("This text, everywhere in this place, in every country. Your other texts stay as they are.")

_HOW_IT_CAME = {
    Found.UNSAID: gettext_lazy(
        "Where only few people could see a text, or we no longer know how many could, we never say how it came to be "
        "read: not when somebody pointed it out, and not when nobody did. Else it could be guessed who it was."
    ),
    Found.NOTICE: gettext_lazy("Somebody pointed it out to us. We never say who."),
    Found.READING: gettext_lazy("Nobody pointed it out. We read some texts before others see them, and this was one."),
    Found.SCREENING: gettext_lazy("Nobody pointed it out. It was marked when it was sent, as said in the next lines."),
}

_MACHINES = {
    Found.UNSAID: gettext_lazy(
        "A person read it and decided; no program did. A program looks at every text here when it is sent, "
        "and may ask a person to read it. It decides nothing."
    ),
    Found.NOTICE: gettext_lazy("No. A person read it and decided; no program found it or took part."),
    Found.READING: gettext_lazy("No. A person read it and decided; no program found it or took part."),
    Found.SCREENING: gettext_lazy(
        "A program that looks at every text when it is sent asked for a person to read this one. "
        "That is all it did: a person read it and decided."
    ),
}


def meaning(decision: Decision) -> str:
    """What a decision means for the one whose words it is about."""
    if decision.act == Act.PAUSE and _pause_is_over(decision):
        return _("It is taken out of sight. The time in which you could not write here is over.")
    return str(_MEANING[Act(decision.act)])


def extent(decision: Decision) -> str:
    """How far it reaches: where, and what (article 17(3)(a))."""
    return str(_EXTENT.get(Act(decision.act), _EVERYWHERE))


def how_long(decision: Decision) -> str:
    """How long it lasts (article 17(3)(a))."""
    if decision.undone_at is not None:
        return _("It ended on %(day)s and is no longer in force.") % {"day": _day(decision.undone_at)}
    match Act(decision.act):
        case Act.WARN:
            return _("Nothing is restricted, so nothing has to end.")
        case Act.ASK:
            return _("Until you have changed it and a person has read it again, or until the decision is taken back.")
        case Act.PAUSE:
            return _how_long_a_pause(decision)
        case Act.LOCK if decision.locked.over_at is None:
            day = _day(decision.locked.keep_until)
            return _("Until %(day)s; then it is erased. Sooner if the decision is taken back.") % {"day": day}
    return _("Without an end of its own: until the decision is taken back.")


def how_it_came(decision: Decision) -> str:
    """Whether it was pointed out or not, so far as that can be said (article 17(3)(b))."""
    return str(_HOW_IT_CAME[Found(decision.found)])


def use_of_machines(decision: Decision) -> str:
    """What a program had to do with it (article 17(3)(c))."""
    if decision.found == Found.NOTICE and decision.case.signs:
        return _("A program had marked it too when it was sent. It decides nothing: a person read it and decided.")
    return str(_MACHINES[Found(decision.found)])


def _how_long_a_pause(decision: Decision) -> str:
    if decision.until is None:
        return _("Without an end of its own, the text and the pause: until the decision is taken back.")
    if _pause_is_over(decision):
        said = _("On %(moment)s, the pause ended by itself.")
    else:
        said = _("On %(moment)s, the pause ends by itself.")
    text = _("The text stays out of sight until the decision is taken back.")
    return f"{said % {'moment': _moment(decision.until)}} {text}"


def _pause_is_over(decision: Decision) -> bool:
    return decision.until is not None and decision.until <= now_us()


def _day(moment: int) -> str:
    return formats.date_format(timezone.localtime(to_datetime(moment)), "j F Y")


def _moment(moment: int) -> str:
    local = timezone.localtime(to_datetime(moment))
    return f"{formats.date_format(local, 'j F Y')}, {formats.time_format(local)}"
