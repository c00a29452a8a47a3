"""What a text has inside that its author did not tick: "perhaps" until she says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from leeward.audience.models import MEMBERS, Shield
from leeward.audience.notes import NOTE, mask_of
from leeward.audience.viewers import Viewer
from leeward.moderation.suggesting import answer_suggestion
from leeward.stories.actions.answering import answer, change_answer
from leeward.stories.actions.writing import write
from leeward.stories.belongings import _export_answers
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, signed_in
from tests.reading import reader
from tests.stories.telling import told

PREGNANT = "I am eleven weeks pregnant again and I have told nobody."
QUIET = "The sea was grey and I walked on it for an hour."


@pytest.fixture(autouse=True)
def _read(settings: Any) -> Iterator[None]:
    settings.FIRST_TEXTS_READ = 0
    with reader(settings):
        yield


def keys(mask: int) -> set[str]:
    return {key for key, note in NOTE.items() if note.bit & mask}


def a_story(cast: Cast, text: str = PREGNANT) -> Story:
    return told(cast.author, MEMBERS, text=text)


def anew(thing: Any) -> Any:
    return type(thing).objects.written_by(thing.author).get(pk=thing.pk)


def test_what_nobody_ticked_is_said_as_perhaps_and_spares_readers_at_once(cast: Cast) -> None:
    made = answer(a_story(cast, QUIET), by=cast.other_member, text=PREGNANT)
    assert keys(made.perhaps) == {"pregnancy_current"}
    assert made.notes == made.perhaps
    assert [str(note.label) for note in made.content_notes] == ["perhaps someone is pregnant now"]


def test_who_asked_not_to_meet_it_does_not_meet_a_story_that_only_seems_to_have_it(cast: Cast) -> None:
    story = a_story(cast)
    answered = answer(story, by=cast.author, text=PREGNANT)
    viewer = Viewer.member(cast.other_member)
    assert Answer.objects.visible_to(viewer).gentle_for(viewer).filter(pk=answered.pk).exists()
    Shield.objects.update_or_create(member=cast.other_member, defaults={"notes": mask_of(["pregnancy_current"])})
    viewer = Viewer.member(cast.other_member)
    assert not Answer.objects.visible_to(viewer).gentle_for(viewer).filter(pk=answered.pk).exists()


def test_what_she_ticked_herself_is_never_perhaps(cast: Cast) -> None:
    ticked = mask_of(["pregnancy_current", "money"])
    made = answer(a_story(cast, QUIET), by=cast.other_member, text=PREGNANT, notes=ticked)
    assert (made.notes, made.perhaps) == (ticked, 0)


def test_yes_makes_it_hers(cast: Cast) -> None:
    made = answer(a_story(cast, QUIET), by=cast.other_member, text=PREGNANT)
    answer_suggestion(made, by=cast.other_member, note="pregnancy_current", is_inside=True)
    made = anew(made)
    assert (keys(made.notes), made.perhaps, made.not_inside) == ({"pregnancy_current"}, 0, 0)


def test_no_takes_it_away_and_it_is_not_suggested_again(cast: Cast) -> None:
    made = answer(a_story(cast, QUIET), by=cast.other_member, text=PREGNANT)
    answer_suggestion(made, by=cast.other_member, note="pregnancy_current", is_inside=False)
    made = anew(made)
    assert (made.notes, made.perhaps, keys(made.not_inside)) == (0, 0, {"pregnancy_current"})
    changed = change_answer(made, by=cast.other_member, text=f"{PREGNANT} Still.", notes=0)
    assert (changed.notes, changed.perhaps) == (0, 0)


def test_what_she_denied_and_then_ticks_is_hers(cast: Cast) -> None:
    made = answer(a_story(cast, QUIET), by=cast.other_member, text=PREGNANT)
    answer_suggestion(made, by=cast.other_member, note="pregnancy_current", is_inside=False)
    changed = change_answer(anew(made), by=cast.other_member, text=PREGNANT, notes=mask_of(["pregnancy_current"]))
    assert (keys(changed.notes), changed.perhaps, changed.not_inside) == ({"pregnancy_current"}, 0, 0)


def test_a_suggestion_goes_when_the_words_go(cast: Cast) -> None:
    made = answer(a_story(cast, QUIET), by=cast.other_member, text=PREGNANT, notes=mask_of(["money"]))
    changed = change_answer(made, by=cast.other_member, text=QUIET, notes=mask_of(["money"]))
    assert (keys(changed.notes), changed.perhaps) == ({"money"}, 0)


def test_changing_a_story_keeps_what_she_ticked_and_finds_what_is_new(cast: Cast) -> None:
    story = anew(a_story(cast, QUIET))
    write(story, by=cast.author, title="", text=PREGNANT, stamp=story.touched_at)
    assert keys(anew(story).perhaps) == {"pregnancy_current"}


def test_nobody_else_answers_for_her(cast: Cast) -> None:
    made = answer(a_story(cast, QUIET), by=cast.other_member, text=PREGNANT)
    with pytest.raises(PermissionError):
        answer_suggestion(made, by=cast.author, note="pregnancy_current", is_inside=False)
    client = signed_in(cast.author)
    where = reverse("moderation:say_inside", args=["stories.answer", made.ref])
    assert client.post(where, {"note": "pregnancy_current", "inside": "no"}).status_code == 404
    assert keys(anew(made).perhaps) == {"pregnancy_current"}


def test_her_page_asks_her_and_one_tap_answers(cast: Cast, client: Client) -> None:
    story = a_story(cast, QUIET)
    made = answer(story, by=cast.other_member, text=PREGNANT)
    hers, others = signed_in(cast.other_member), signed_in(cast.author)
    where = f"/stories/{story.ref}/"
    assert "Your words seem to speak of this: someone is pregnant now" in hers.get(where).content.decode()
    page = others.get(where).content.decode()
    assert "Your words seem" not in page
    assert "perhaps someone is pregnant now" in page
    door = reverse("moderation:say_inside", args=["stories.answer", made.ref])
    after = hers.post(door, {"note": "pregnancy_current", "inside": "yes"}, follow=True).content.decode()
    assert "Your words seem" not in after
    assert "Inside: someone is pregnant now" in after


@pytest.mark.parametrize("said", [{"note": "nothing", "inside": "yes"}, {"note": "money", "inside": "perhaps"}, {}])
def test_what_was_not_asked_changes_nothing(cast: Cast, said: dict[str, str]) -> None:
    made = answer(a_story(cast, QUIET), by=cast.other_member, text=PREGNANT)
    door = reverse("moderation:say_inside", args=["stories.answer", made.ref])
    assert signed_in(cast.other_member).post(door, said).status_code == 404


def test_facts_of_her_words_are_offered_and_never_ticked(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, text="We lost him at 20 weeks, through IVF. I am Muslim.")
    page = signed_in(cast.author).get(f"/stories/{story.ref}/share/").content.decode()
    assert "IVF (from your words)" in page
    assert "Muslim" not in page
    at = page.index('value="path=ivf"')
    assert "checked" not in page[at : page.index(">", at)]


def test_texts_from_before_are_looked_through_once(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    story, quiet = a_story(cast), a_story(cast, QUIET)
    denied = told(cast.other_member, MEMBERS, text=PREGNANT)
    Story.objects.written_by(cast.other_member).update(not_inside=mask_of(["pregnancy_current"]))
    for found in ("1 texts", "0 texts"):
        call_command("suggest_notes")
        assert capsys.readouterr().out.startswith(found)
    assert keys(anew(story).perhaps) == {"pregnancy_current"}
    assert (anew(quiet).notes, anew(denied).notes) == (0, 0)


def test_what_she_denied_is_in_her_copy(cast: Cast) -> None:
    made = answer(a_story(cast, QUIET), by=cast.other_member, text=PREGNANT)
    answer_suggestion(made, by=cast.other_member, note="pregnancy_current", is_inside=False)
    (row,) = (row for row in _export_answers(cast.other_member))
    assert (row["inside"], row["said_not_inside"]) == ([], ["someone is pregnant now"])
