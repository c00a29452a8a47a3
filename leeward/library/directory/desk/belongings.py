"""What the desk keeps of people: what a member said is no longer so, and what an editor did."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import written_out
from leeward.library.directory.desk.models import Step, Word
from leeward.members import tending
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member
from leeward.members.retention import kept_since

TOLD = "no_longer_so"
STEPS = "services_desk"


def register_belongings() -> None:
    """Register both, and what deletes the first. Called at start-up."""
    register(Belonging(TOLD, _("What I said of services"), (Word,), _export_words, _erase_words))
    register(Belonging(STEPS, _("What I did with services"), (Step, Word), _export_steps, _erase_steps))
    tending.register(TOLD, _tend_words)


def _export_words(member: Member) -> Iterator[Row]:
    for word in Word.objects.filter(by=member).select_related("service"):
        yield {
            "when": written_out(word.at),
            "service": str(word.service.overlaid.get("name") or word.service_id),
            "what": str(word.get_what_display()),
            "words": word.words,
        }


def _erase_words(member: Member, farewell: Farewell) -> None:
    """With everything: her words go. Else they stay for the editors, tied to nobody."""
    hers = Word.objects.filter(by=member)
    if farewell is Farewell.TAKE_ALL:
        hers.delete()
    else:
        hers.update(by=None)


def _export_steps(member: Member) -> Iterator[Row]:
    for step in Step.objects.filter(by=member):
        yield {
            "when": written_out(step.at),
            "service": step.service_id,
            "did": step.did,
            "field": step.field,
            "before": step.before,
            "after": step.after,
            "words": step.words,
        }
    for word in Word.objects.filter(settled_by=member):
        yield {"when": written_out(word.settled_at), "service": word.service_id, "did": f"settled: {word.settled}"}


def _erase_steps(member: Member, _farewell: Farewell) -> None:
    """What she did stays with the service; nothing tells any longer that it was she."""
    Step.objects.filter(by=member).update(by=None)
    Word.objects.filter(settled_by=member).update(settled_by=None)


def _tend_words() -> int:
    """Delete what was settled long ago. What nobody settled goes on waiting, tied to nobody."""
    Word.objects.filter(settled_at=None, at__lt=kept_since(TOLD), by__isnull=False).update(by=None)
    return Word.objects.filter(settled_at__lt=kept_since(TOLD)).delete()[0]
