"""The demonstration village: complete, true to the vocabulary, marked, and never beside real members."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from leeward.audience.notes import NOTE
from leeward.journeys.terms import About
from leeward.journeys.vocabulary import FACET, FACETS
from leeward.members.models import Member
from leeward.stories.asking import Asking
from leeward.stories.models import Answer, Chapter, Story
from leeward.village.loading import PEOPLE, RealPeopleLiveHereError, make_village, tables
from leeward.village.signins import PASSPHRASE, SIGNINS
from tests.conftest import make_member


def keys_of(table: dict[str, Any], facet: str) -> set[str]:
    value = table.get(facet, [])
    return {value} if isinstance(value, str) else set(value)


def test_it_holds_as_many_people_stories_and_answers_as_are_promised() -> None:
    stories = [told for person in tables("person") for told in person.get("story", ())]
    assert len(tables("person")) >= 250
    assert len(stories) >= 60
    assert len(tables("answer")) >= 200


def test_no_name_text_or_address_stands_twice() -> None:
    names = Counter(person["name"] for person in tables("person"))
    texts = Counter(table["text"] for table in tables("answer"))
    slugs = Counter(told["slug"] for person in tables("person") for told in person.get("story", ()))
    for counted in (names, texts, slugs):
        assert [word for word, times in counted.items() if times > 1] == []


def test_every_term_and_note_is_known() -> None:
    of_herself = {facet.key for facet in FACETS if facet.about is About.PERSON}
    for person in tables("person"):
        for facet in of_herself - {"now"}:
            assert keys_of(person, facet) <= {term.key for term in FACET[facet].terms}, person["name"]
        for loss in person.get("loss", ()):
            for facet in ("kind", "how", "alive", "cause"):
                assert keys_of(loss, facet) <= {term.key for term in FACET[facet].terms}, person["name"]
        for told in person.get("story", ()):
            assert set(told.get("notes", ())) <= set(NOTE), told["slug"]
            assert set(told.get("asks", ())) <= set(Asking.values), told["slug"]


def test_every_relation_kind_of_loss_and_place_on_the_way_lives_here() -> None:
    met: dict[str, set[str]] = {"relation": set(), "kind": set(), "now": set()}
    for person in tables("person"):
        met["relation"] |= keys_of(person, "relation")
        met["now"] |= {now["key"] for now in person.get("now", ())}
        for loss in person.get("loss", ()):
            met["kind"] |= keys_of(loss, "kind")
    for facet, keys in met.items():
        assert {term.key for term in FACET[facet].terms} - keys == set(), facet


def test_every_file_is_read() -> None:
    assert len(list(PEOPLE.glob("*.toml"))) == 6


@pytest.mark.usefixtures("in_the_village")
def test_everyone_in_it_is_marked_as_invented_and_every_page_says_so() -> None:
    assert not Member.objects.filter(is_invented=False).exists()
    for address in ("/", "/stories/", "/help/", "/join/"):
        assert "everything here is invented" in Client().get(address).content.decode()


@pytest.mark.usefixtures("in_the_village")
def test_the_three_demonstration_sign_ins_work_and_nobody_else_can_sign_in() -> None:
    for signin in SIGNINS:
        member = Member.objects.get(name=signin.name)
        assert member.check_password(PASSPHRASE)
        assert (member.is_moderator, member.is_host) == (signin.is_moderator, signin.is_host)
    others = Member.objects.exclude(name__in=[signin.name for signin in SIGNINS])
    assert not any(member.has_usable_password() for member in others)


@pytest.mark.usefixtures("in_the_village")
def test_everything_that_its_texts_tell_is_in_it_once() -> None:
    names = Counter(Member.objects.values_list("name", flat=True))
    texts = Counter(Story._base_manager.values_list("text", flat=True))
    assert [person["name"] for person in tables("person") if names[person["name"]] != 1] == []
    stories = [told for person in tables("person") for told in person.get("story", ())]
    assert [told["slug"] for told in stories if texts[told["text"].strip()] != 1] == []
    assert (Story._base_manager.count(), Answer._base_manager.count(), Chapter._base_manager.count()) == (68, 227, 3)


def test_no_village_is_made_beside_real_members(db: None) -> None:
    make_member("Real")
    before = Member.objects.count()
    with pytest.raises(RealPeopleLiveHereError):
        make_village(lambda: None)
    with pytest.raises(CommandError, match="empty"):
        call_command("village", "--quiet")
    assert Member.objects.count() == before


def test_no_village_is_made_in_production(db: None, settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("village", "--quiet")
