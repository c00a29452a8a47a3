"""What must be so of rows after a fault, however it came: asked of the database, with the place's own models.

Runs as a process of its own, in the environment of the place: `python -m benchmarks.fault_checks what [journal]`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

FIRST_ANSWER = "first_answer"
STORIES_EACH = 6


def main() -> int:
    """Prepare the stories, check the rows, or hold them against what the writers remember; prints JSON."""
    django.setup()
    what, told = sys.argv[1], json.loads(Path(sys.argv[2]).read_text()) if len(sys.argv) > 2 else {}
    does: dict[str, Callable[[Any], object]] = {"prepare": _prepare, "rows": wrong_rows, "memories": wrong_memories}
    print(json.dumps(does[what](told)))
    return 0


def _prepare(told: dict[str, Any]) -> dict[str, Any]:
    """Some stories of each writer, made as the place makes them; nobody is at a limit."""
    from benchmarks.fault_writers import PASSAGE  # noqa: PLC0415  # after Django
    from leeward.audience.models import MEMBERS  # noqa: PLC0415  # the same
    from leeward.audience.publishing import publish, show_to  # noqa: PLC0415  # the same
    from leeward.audience.unguarded import everything  # noqa: PLC0415  # the same
    from leeward.stories.models import Answer, Story  # noqa: PLC0415  # the same

    stories = []
    for writer in range(1, told["writers"] + 1):
        hers = [
            Story.objects.create(author_id=writer, title=f"Of {writer}, {at}", text=f"In spring.\n\n{PASSAGE}\n")
            for at in range(STORIES_EACH)
        ]
        for story in hers:
            show_to(story, [MEMBERS])
            publish(story)
        stories.append([story.ref for story in hers])
    last = everything(Answer, reason="benchmark: its own rows").order_by("-pk").values_list("pk", flat=True).first()
    return {"stories": stories, FIRST_ANSWER: (last or 0) + 1}


def wrong_rows(told: dict[str, Any]) -> list[str]:
    """Rows that cannot be, at no moment, also before anything is repaired: halves, and what points at nothing."""
    return [*_halves(told[FIRST_ANSWER]), *_pointing_at_nothing(), *_index(), *_file()]


def _halves(first: int) -> Iterator[str]:
    """Each answer has all that belongs to its state."""
    from leeward.audience.shared import State  # noqa: PLC0415  # after Django
    from leeward.audience.unguarded import everything  # noqa: PLC0415  # the same
    from leeward.moderation.models import Case, CaseState, Screening, Sent  # noqa: PLC0415  # the same
    from leeward.notifications.models import Notice  # noqa: PLC0415  # the same
    from leeward.stories.models import Answer, Quote  # noqa: PLC0415  # the same

    kind = "stories.answer"
    waits = Counter(Screening.objects.filter(kind=kind).values_list("thing_id", flat=True))
    sent = Counter(Sent.objects.filter(kind=kind).values_list("thing_id", flat=True))
    asked = Counter(Case.objects.filter(kind=kind, state=CaseState.OPEN).values_list("thing_id", flat=True))
    told = Counter(Notice.objects.filter(thing_kind=kind, kind=kind).values_list("thing_id", flat=True))
    quotes = set(Quote.objects.values_list("answer_id", flat=True))
    for made in everything(Answer, reason="benchmark: its own rows").filter(pk__gte=first):
        live, key = made.state == State.LIVE, made.pk
        wrong = {
            "is shown without a moment": live and made.at is None,
            "is shown and waits to be read": live and waits[key],
            "is shown and its story's author was not told once": live and told[key] != 1,
            "is held and nobody knows of it": made.state == State.HELD and not (waits[key] or asked[key]),
            "is held and was told of": made.state == State.HELD and told[key],
            "is a draft": made.state == State.DRAFT,
            "was not written down as sent once": sent[key] != 1,
            "says that it quotes and does not": made.text.startswith("q") and made.quotes != (key in quotes),
        }
        yield from (f"answer {key} {words}" for words, so in wrong.items() if so)


def _pointing_at_nothing() -> Iterator[str]:
    from leeward.audience.things import model_of  # noqa: PLC0415  # after Django
    from leeward.audience.unguarded import everything  # noqa: PLC0415  # the same
    from leeward.notifications.models import Notice  # noqa: PLC0415  # the same
    from leeward.search.models import IndexedDocument  # noqa: PLC0415  # the same

    for model, field in ((Notice, "thing_kind"), (IndexedDocument, "kind")):
        for kind in set(model._default_manager.exclude(**{field: ""}).values_list(field, flat=True)):
            there = everything(model_of(kind), reason="benchmark: its own rows").values("pk")
            lost = model._default_manager.filter(**{field: kind}).exclude(thing_id__in=there).count()
            if lost:
                yield f"{lost} of {model.__name__} point at {kind} that is gone"


def _index() -> Iterator[str]:
    """Each story that is shown to somebody is found once, and none that is not."""
    from leeward.audience.shared import State  # noqa: PLC0415  # after Django
    from leeward.audience.unguarded import everything  # noqa: PLC0415  # the same
    from leeward.search.models import IndexedDocument  # noqa: PLC0415  # the same
    from leeward.stories.models import Story, StoryAudience  # noqa: PLC0415  # the same

    found = Counter(IndexedDocument.objects.filter(kind="stories.story").values_list("thing_id", flat=True))
    shown = everything(Story, reason="benchmark: its own rows").filter(state=State.LIVE, title__startswith="Of ")
    audience = set(StoryAudience.objects.values_list("thing_id", flat=True))
    for story in shown:
        if found[story.pk] != (1 if story.pk in audience else 0):
            yield f"story {story.pk} stands {found[story.pk]} times in the index"


def _file() -> Iterator[str]:
    """What SQLite says of its own file, and of the index of words in it."""
    from django.db import DatabaseError, connection  # noqa: PLC0415  # after Django

    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        yield from (str(row[0]) for row in cursor.fetchall() if row[0] != "ok")
        cursor.execute("PRAGMA foreign_key_check")
        yield from (f"foreign key: {row}" for row in cursor.fetchall())
        try:
            cursor.execute("INSERT INTO search_words(search_words, rank) VALUES ('integrity-check', 1)")
        except DatabaseError as error:
            yield f"the index of words: {error}"


def wrong_memories(told: dict[str, Any]) -> list[str]:
    """What was acknowledged is so, once; what was taken back is nowhere."""
    return [*_of_answers(told), *_of_words(told), *_of_stories(told)]


def _of_answers(told: dict[str, Any]) -> Iterator[str]:
    from leeward.audience.unguarded import everything  # noqa: PLC0415  # after Django
    from leeward.stories.models import Answer, Quote  # noqa: PLC0415  # the same

    rows = everything(Answer, reason="benchmark: its own rows").filter(pk__gte=told[FIRST_ANSWER])
    there = Counter(rows.values_list("author_id", "text"))
    quoting = set(Quote.objects.values_list("answer__author_id", "answer__text"))
    for author, deeds in enumerate(told["deeds"], 1):
        taken = {deed["what"]: deed["became"] for deed in deeds if deed["kind"] == "take answer back"}
        for deed in deeds:
            if deed["kind"] not in {"answer", "quote"}:
                continue
            many, text = there.pop((author, deed["what"]), 0), deed["what"]
            gone = deed["story"] in told["gone"]
            if many > 1:
                yield f"{author}'s answer {text[:8]} stands {many} times"
            elif text in taken or gone:
                if many and (gone or taken[text] == "acknowledged"):
                    yield f"{author}'s answer {text[:8]} was taken back, and stands"
            elif deed["became"] == "acknowledged" and not many:
                yield f"{author}'s answer {text[:8]} was acknowledged, and is lost"
            elif deed["kind"] == "quote" and many and (author, text) not in quoting:
                yield f"{author}'s answer {text[:8]} lost what it quotes"
    yield from (f"answer {text[:8]} of {author} was never sent" for (author, text), many in there.items() if many)


def _of_words(told: dict[str, Any]) -> Iterator[str]:
    from leeward.stories.models import Reaction  # noqa: PLC0415  # after Django

    last: dict[tuple[int, str, str], bool] = {}
    for author, deeds in enumerate(told["deeds"], 1):
        for deed in deeds:
            if deed["kind"] in {"say", "unsay"} and deed["became"] == "acknowledged":
                last[author, deed["story"], deed["what"]] = deed["kind"] == "say"
    there = Counter(Reaction.objects.values_list("member_id", "story__ref", "word"))
    for (author, story, word), said in last.items():
        wanted = 1 if said and story not in told["gone"] else 0
        if there[author, story, word] != wanted:
            yield f"{author}'s {word} stands {there[author, story, word]} times, not {wanted}"


def _of_stories(told: dict[str, Any]) -> Iterator[str]:
    from leeward.audience.unguarded import everything  # noqa: PLC0415  # after Django
    from leeward.moderation.models import Screening  # noqa: PLC0415  # the same
    from leeward.search.models import IndexedDocument  # noqa: PLC0415  # the same
    from leeward.stories.models import Story  # noqa: PLC0415  # the same

    every = {ref for hers in told["stories"] for ref in hers}
    rows = everything(Story, reason="benchmark: its own rows")
    there = set(rows.filter(ref__in=every).values_list("ref", flat=True))
    yield from (f"story {ref} was taken back, and stands" for ref in there & set(told["gone"]))
    yield from (f"story {ref} is lost" for ref in every - there - set(told["gone"]))
    titles = IndexedDocument.objects.filter(kind="stories.story", title__startswith="Of ").count()
    if titles != len(there):
        yield f"{titles} of {len(there)} stories stand in the index"
    if waiting := Screening.objects.count():
        yield f"{waiting} texts still wait to be read"


if __name__ == "__main__":
    sys.exit(main())
