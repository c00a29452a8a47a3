"""What moderators do, for tests."""

from leeward.audience.models import EVERYONE
from leeward.audience.publishing import hold
from leeward.audience.shared import Shared
from leeward.audience.things import model_of
from leeward.audience.unguarded import everything
from leeward.members.models import Member
from leeward.moderation.actions import Ruling, decide, open_case
from leeward.moderation.actions.cases import case_of
from leeward.moderation.models import Act, Because, Case, CaseState, Decision
from leeward.stories.models import Answer
from tests.stories.telling import told


def case_about(thing: Shared) -> Case:
    """The open case about this thing."""
    return Case.objects.get(kind=thing._meta.label_lower, thing_id=thing.pk, state=CaseState.OPEN)


def threat_under_story(author: Member, writer: Member, *moderators: Member, text: str) -> Case:
    """A threat under somebody's story, held before anybody saw it, and opened by these moderators."""
    answer = Answer.objects.create(story=told(author, EVERYONE), author=writer, text=text)
    hold(answer)
    case = case_of(answer, Because.DOUBTFUL)
    Case.objects.filter(pk=case.pk).update(signs=["threat"])
    case.refresh_from_db()
    for moderator in moderators:
        open_case(case, moderator=moderator)
    return case


def decided(
    case: Case, moderator: Member, act: Act, clause: str = "kind", reason: str = "It says she is to blame."
) -> Decision:
    """The case opened by this moderator, read and decided."""
    open_case(case, moderator=moderator)
    return decide(case, moderator=moderator, ruling=Ruling(act, clause, reason), seen=seen(case))


def seen(case: Case) -> int | None:
    """The stamp of the thing as it is now."""
    model = model_of(case.kind)
    return (
        everything(model, reason="a test reads the stamp")
        .filter(pk=case.thing_id)
        .values_list("touched_at", flat=True)
        .first()
    )
