"""Close the answers to a story and open them again; hide one answer and bring it back. Nobody is told."""

from __future__ import annotations

from django.db import transaction

from leeward.audience.changing import changed
from leeward.audience.things import kind_of
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.members.turns import once_at_a_time
from leeward.notifications.actions import let_rest
from leeward.stories.models import Answer, Story


def close_answers(story: Story, *, by: Member, closed: bool) -> None:
    """Let nobody else answer any more, or let them again. What is there stays, and so does who might answer before.

    Args:
        story: the author's own.
        by: its author.
        closed: whether they are closed from now on; doing so twice changes nothing.

    Raises:
        PermissionError: somebody else's story.
    """
    if story.author_id != by.pk:
        raise PermissionError("Only its author closes the answers to a story.")
    hers = Story.objects.written_by(by).filter(pk=story.pk, answers_closed_at__isnull=closed)
    hers.update(answers_closed_at=now_us() if closed else None)


def hide_answer(made: Answer, *, by: Member, hidden: bool) -> None:
    """Hide an answer under one's own story, or bring it back. Its writer sees it as before and is not told.

    Args:
        made: an answer of somebody else under her story.
        by: the story's author.
        hidden: whether it is hidden from now on; doing so twice changes nothing.

    Raises:
        PermissionError: the story is not hers; or the answer is, which she takes away instead.
    """
    if made.story.author_id != by.pk or made.author_id == by.pk:
        raise PermissionError("Only the story's author hides an answer that is not her own.")
    with transaction.atomic():
        once_at_a_time(by)
        made.refresh_from_db(fields=["hidden_at"])
        if bool(made.hidden_at) == hidden:
            return
        made.hidden_at = now_us() if hidden else None
        made.save(update_fields=["hidden_at"])
        changed(made)
        if hidden:
            let_rest(by, "stories.answer", kind_of(made), [made.pk])
