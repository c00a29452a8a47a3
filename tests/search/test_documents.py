"""The index follows each change of what is shared, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from leeward.audience.models import MEMBERS
from leeward.audience.publishing import hold, publish, show_to, withdraw
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.search.documents import keep_in_step, plain, reindex
from leeward.search.models import Departure, IndexedDocument, Passage
from leeward.stories.actions.sharing import take_back
from leeward.stories.actions.writing import write
from leeward.stories.models import ShownFact, Story, StoryAudience
from tests.conftest import Cast
from tests.stories.telling import told


def indexed() -> list[tuple[str, str]]:
    return list(IndexedDocument.objects.order_by("pk").values_list("title", "text"))


def words_kept() -> int:
    """How many rows the index of words finds for a word that stands in every story here."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM search_words WHERE search_words MATCH 'harbour'")
        else:
            cursor.execute(
                "SELECT count(*) FROM search_indexeddocument WHERE words @@ to_tsquery('english', 'harbour')"
            )
        return int(cursor.fetchone()[0])


def a_story(cast: Cast) -> Story:
    story: Story = Story.objects.create(author=cast.author, title="The harbour", text="We went to the harbour.")
    return story


def shown(cast: Cast) -> Story:
    story = a_story(cast)
    ShownFact.objects.create(story=story, facet="kind", key="tfmr")
    show_to(story, [MEMBERS])
    publish(story)
    return story


def test_a_draft_is_not_in_the_index_and_a_shown_story_is(cast: Cast) -> None:
    story = a_story(cast)
    keep_in_step(story)
    assert indexed() == []
    show_to(story, [MEMBERS])
    assert indexed() == []
    publish(story)
    assert indexed() == [("The harbour", "We went to the harbour.")]
    assert words_kept() == 1


def test_what_is_live_for_nobody_else_is_not_in_the_index(cast: Cast) -> None:
    story = a_story(cast)
    publish(story)
    assert indexed() == []


def test_facts_and_the_month_of_publication_are_kept_as_words(cast: Cast) -> None:
    shown(cast)
    facts = IndexedDocument.objects.get().facts.split()
    assert "kind:tfmr" in facts
    assert any(fact.startswith("said:20") for fact in facts)


WAYS_OUT: dict[str, Callable[[Cast, Story], object]] = {
    "held": lambda cast, story: hold(story),
    "withdrawn": lambda cast, story: withdraw(story),
    "shown to nobody": lambda cast, story: show_to(story, []),
    "deleted": lambda cast, story: story.delete(),
    "deleted as a set": lambda cast, story: Story.objects.written_by(cast.author).delete(),
    "taken back": lambda cast, story: take_back(story, by=cast.author, keep_answers=False),
    "taken back, the answers stay": lambda cast, story: take_back(story, by=cast.author, keep_answers=True),
    "its author leaves": lambda cast, story: leave(cast.author, Farewell.TAKE_ALL),
    "changed, to be read anew": lambda cast, story: write(
        story, by=cast.author, title="", text="other", stamp=story.touched_at
    ),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_what_goes_out_of_sight_leaves_the_index_with_its_words(cast: Cast, way: str) -> None:
    story = shown(cast)
    key = IndexedDocument.objects.get().pk
    assert words_kept() == 1
    WAYS_OUT[way](cast, story)
    assert indexed() == []
    assert words_kept() == 0
    assert Departure.objects.filter(document_id=key).exists()


def test_a_transaction_that_fails_leaves_the_index_as_it_was(cast: Cast) -> None:
    story = shown(cast)
    with transaction.atomic():
        withdraw(story)
        assert indexed() == []
        transaction.set_rollback(True)
    assert words_kept() == 1


def test_words_left_behind_stay_to_be_found(cast: Cast) -> None:
    shown(cast)
    leave(cast.author, Farewell.LEAVE_WORDS)
    assert len(indexed()) == 1


def test_a_change_of_facts_keeps_the_vectors_and_a_change_of_words_does_not(cast: Cast) -> None:
    story = shown(cast)
    IndexedDocument.objects.update(embedded_by="model")
    Passage.objects.create(document=IndexedDocument.objects.get(), place=0, scale=1, vector=b"canary")
    before = IndexedDocument.objects.get()
    ShownFact.objects.create(story=story, facet="weeks", key="20")
    keep_in_step(story)
    after = IndexedDocument.objects.get()
    assert "weeks:20" in after.facts.split()
    assert (after.pk, after.embedded_by) == (before.pk, "model")
    assert Passage.objects.exists()
    assert after.changed_at > before.changed_at
    story.text = "Other words of the harbour"
    story.save()
    keep_in_step(story)
    assert IndexedDocument.objects.get().embedded_by == ""
    assert not Passage.objects.exists()


def test_what_does_not_change_is_not_written(cast: Cast) -> None:
    story = shown(cast)
    before = IndexedDocument.objects.get().changed_at
    keep_in_step(story)
    assert IndexedDocument.objects.get().changed_at == before


def test_the_index_is_made_anew_from_the_things(cast: Cast) -> None:
    story, gone = shown(cast), told(cast.author, MEMBERS)
    IndexedDocument.objects.filter(thing_id=story.pk).delete()
    StoryAudience.objects.filter(thing=gone).delete()
    Story.objects.written_by(cast.author).filter(pk=gone.pk)._raw_delete(using="default")  # past all that notices
    assert list(reindex()) == [1]
    assert indexed() == [("The harbour", "We went to the harbour.")]


@pytest.mark.only_on("postgresql")  # SQLite writes one transaction at a time
@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_while_the_index_is_made_anew_is_not_in_it(cast: Cast) -> None:
    story = shown(cast)
    IndexedDocument.objects.all().delete()

    def taken_back() -> None:
        try:
            withdraw(Story.objects.written_by(cast.author).get(pk=story.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            keep_in_step(story)
            waits = other.submit(taken_back)
            with pytest.raises(TimeoutError):
                waits.result(timeout=0.5)
        waits.result(timeout=10)
    assert indexed() == []


def test_accents_do_not_part_words() -> None:
    assert plain("Chloé, naïve") == "Chloe, naive"
