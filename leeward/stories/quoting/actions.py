"""Quote a passage, and let quotes go with what they were taken from."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import StrIndex
from django.utils.translation import gettext as _

from leeward.audience.shared import Shared, State
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.members.turns import once_at_a_time
from leeward.stories.actions.answering import write_answer
from leeward.stories.models import PASSAGE_LENGTH, Answer, Quote
from leeward.stories.quoting.passages import as_it_stands
from leeward.stories.quoting.sources import FIELD_OF, Source, part_of, quotable_to


class CannotBeQuoted(ValueError):
    """The passage does not stand there, or not any more; the message says so, in words for her."""


def answer_quoting(source: Source, passage: str, *, by: Member, text: str, **more: Any) -> Answer:
    """Answer with a passage above one's words, held until they were read; the caller settles it.

    Args:
        source: a story, a chapter, or an answer that she may and wants to see. What it answers is answered.
        passage: of its text, word for word.
        by: who answers.
        text: her own words.
        more: the rest of what `write_answer` takes.

    Raises:
        CannotBeQuoted: it does not stand there, is too long, or its author does not let it be quoted.
        MayNotAnswer, TooOften: as `write_answer`.
    """
    with transaction.atomic():
        once_at_a_time(by)
        seen = quotable_to(type(source), Viewer.member(by)).filter(pk=source.pk)
        now = seen.select_for_update(no_key=True, of=("self",)).first()  # whoever changes it waits, or was first
        made = write_answer(part_of(source), by=by, text=text, **more)
        stands = as_it_stands(passage, now.text) if now is not None else None
        if stands is None or len(stands) > PASSAGE_LENGTH:
            raise CannotBeQuoted(_("These words do not stand there now. What you quote must be word for word."))
        Quote.objects.get_or_create(answer=made, defaults={FIELD_OF[type(source)]: now, "passage": stands})
        made.quotes = True
        made.save(update_fields=["quotes"])
    return made


def follow_its_source(thing: Shared) -> None:
    """Let quotes of a thing go that is for nobody else any more, may not be quoted, or does not say what they say.

    Registered with changes of what is shared: called inside their transaction. What is deleted takes its quotes along
    by itself. What only waits to be read again keeps them, and so does an answer that the story's author hides: nobody
    sees them meanwhile but its writer, whom their going would tell (docs/decisions/0028-on-her-own-terms.md).
    """
    if not isinstance(thing, Source) or thing.at is None or _stays_as_it_was(thing):
        return
    name = FIELD_OF[type(thing)]
    quotes = Quote.objects.filter(**{name: thing.pk})
    if _is_for_others(thing):
        said = quotes.annotate(found_at=StrIndex(f"{name}__text", F("passage")))
        kept = said.filter(found_at__gt=0, **{f"{name}__quotable": True})
        quotes = quotes.exclude(pk__in=list(kept.values_list("pk", flat=True)))
    quotes.delete()


def _stays_as_it_was(thing: Shared) -> bool:
    """Whether an answer is only shown: its words were compared when it was held before. Most answers come this way."""
    return isinstance(thing, Answer) and thing.is_live


def _is_for_others(thing: Shared) -> bool:
    if thing.state not in {State.LIVE, State.HELD} or thing.until <= now_us():
        return False
    rows = thing.audience_rows
    return rows is None or bool(rows._default_manager.filter(thing_id=thing.pk).exists())
