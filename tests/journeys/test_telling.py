import datetime

import pytest

from leeward.journeys.actions import NotAgreed, agree, answer, forget, keep_loss, remove_loss, tell_of_self
from leeward.journeys.actions.telling import Given
from leeward.journeys.facts import current_facts, pairs_of, ticked_at_first
from leeward.journeys.models import Fact, Journey, Loss, OwnWord
from leeward.journeys.steps import STEP, after, answered_steps
from leeward.journeys.terms import OWN_WORDS, RATHER_NOT_SAY
from leeward.journeys.vocabulary import FACET
from leeward.members.consents import has_consented, withdraw
from leeward.members.models import Purpose
from tests.conftest import Cast
from tests.journeys.journeying import lost, told


def keys(cast: Cast, facet: str) -> set[str]:
    return set(current_facts(cast.author).filter(facet=facet).values_list("key", flat=True))


def test_nothing_is_kept_without_her_agreement(cast: Cast) -> None:
    with pytest.raises(NotAgreed):
        answer(cast.author, FACET["path"], Given(frozenset({"ivf"})))
    with pytest.raises(NotAgreed):
        keep_loss(cast.author, fields={"weeks": 8}, answers={})
    with pytest.raises(NotAgreed):
        tell_of_self(cast.author, country="GB", word="baby")
    assert not Fact.objects.exists()
    assert not Loss.objects.exists()
    assert not Journey.objects.exists()


def test_faith_needs_an_agreement_of_its_own(cast: Cast) -> None:
    told(cast.author)
    with pytest.raises(NotAgreed):
        answer(cast.author, FACET["faith"], Given(frozenset({"jewish"})))
    agree(cast.author, {Purpose.FAITH})
    answer(cast.author, FACET["faith"], Given(frozenset({"jewish"})))
    assert keys(cast, "faith") == {"jewish"}
    assert has_consented(cast.author, Purpose.JOURNEY)


def test_taking_back_the_agreement_erases_all_that_rested_on_it(cast: Cast) -> None:
    told(cast.author, path=["ivf"])
    tell_of_self(cast.author, country="GB", word="own", own_word="bean")
    lost(cast.author, "ectopic", weeks=6)
    OwnWord.objects.create(member=cast.author, facet="kind", key="ectopic", word="x")
    told(cast.other_member, path=["ivf"])
    withdraw(cast.author, Purpose.JOURNEY)
    for model in (Fact, Loss, Journey, OwnWord):
        assert not model._default_manager.filter(member=cast.author).exists(), model
    assert Fact.objects.filter(member=cast.other_member).exists()


def test_taking_back_the_agreement_on_faith_erases_faith_alone(cast: Cast) -> None:
    told(cast.author, path=["ivf"])
    agree(cast.author, {Purpose.FAITH})
    answer(cast.author, FACET["faith"], Given(frozenset({"muslim"})))
    withdraw(cast.author, Purpose.FAITH)
    assert keys(cast, "faith") == set()
    assert keys(cast, "path") == {"ivf"}


def test_several_answers_and_own_words_stand_together(cast: Cast) -> None:
    told(cast.author)
    answer(cast.author, FACET["path"], Given(frozenset({"ivf", "donor_egg"}), words="and a friend who offered"))
    assert keys(cast, "path") == {"ivf", "donor_egg", OWN_WORDS}
    answer(cast.author, FACET["path"], Given(frozenset({"ivf"})))
    assert keys(cast, "path") == {"ivf"}


def test_rather_not_say_is_a_complete_answer_that_is_never_asked_again(cast: Cast) -> None:
    told(cast.author, path=[RATHER_NOT_SAY])
    assert "paths" in answered_steps(cast.author)
    following = after(STEP["losses"], answered_steps(cast.author))
    assert following is not None
    assert following.slug == "found"
    assert pairs_of(cast.author) == []


def test_rather_not_say_takes_away_what_was_said_before(cast: Cast) -> None:
    told(cast.author, path=["ivf"])
    answer(cast.author, FACET["path"], Given(frozenset({RATHER_NOT_SAY, "ivf"}), words="hm"))
    assert keys(cast, "path") == {RATHER_NOT_SAY}


def test_what_holds_no_more_of_now_is_kept_as_ended(cast: Cast) -> None:
    told(cast.author, now=["trying"])
    day = datetime.date(2024, 5, 3)
    answer(cast.author, FACET["now"], Given(frozenset({"in_treatment"}), since={"in_treatment": day}))
    assert current_facts(cast.author).get(facet="now").since == day
    ended = Fact.objects.get(member=cast.author, key="trying")
    assert ended.ended_on is not None
    assert forget(cast.author, ended.pk)
    assert not Fact.objects.filter(member=cast.author, key="trying").exists()


def test_a_term_that_there_is_not_is_refused(cast: Cast) -> None:
    told(cast.author)
    with pytest.raises(ValueError, match="path has no"):
        answer(cast.author, FACET["path"], Given(frozenset({"magic"})))


def test_a_question_about_a_loss_is_not_answered_of_oneself_nor_the_other_way_round(cast: Cast) -> None:
    loss = lost(cast.author, "ectopic")
    with pytest.raises(ValueError, match="not asked of this"):
        answer(cast.author, FACET["kind"], Given(frozenset({"ectopic"})))
    with pytest.raises(ValueError, match="not asked of this"):
        answer(cast.author, FACET["path"], Given(frozenset({"ivf"})), loss=loss)


def test_only_who_told_of_a_loss_changes_it_or_takes_it_away(cast: Cast) -> None:
    loss = lost(cast.author, "ectopic")
    told(cast.other_member)
    with pytest.raises(PermissionError):
        keep_loss(cast.other_member, fields={"weeks": 3}, answers={}, loss=loss)
    with pytest.raises(PermissionError):
        answer(cast.other_member, FACET["kind"], Given(frozenset({"molar"})), loss=loss)
    with pytest.raises(PermissionError):
        remove_loss(loss, by=cast.other_member)
    fact = current_facts(cast.author).get(key="ectopic")
    assert not forget(cast.other_member, fact.pk)
    assert keys(cast, "kind") == {"ectopic"}


def test_several_losses_keep_their_order_and_their_own_facts(cast: Cast) -> None:
    first = lost(cast.author, "ectopic", weeks=6)
    second = lost(cast.author, "stillbirth", weeks=38)
    assert [loss.pk for loss in Loss.objects.filter(member=cast.author)] == [first.pk, second.pk]
    remove_loss(first, by=cast.author)
    assert keys(cast, "kind") == {"stillbirth"}
    assert lost(cast.author, "molar").place == second.place + 1


def test_she_can_show_terms_weeks_and_when_but_never_names_days_or_own_words(cast: Cast) -> None:
    told(cast.author, relation=["carried"], children=["living_before"])
    answer(cast.author, FACET["heart"], Given(frozenset({"guilt"}), words="secretwords"))
    lost(cast.author, "stillbirth", weeks=38, year=2020, name="Noor", own_word="ours", words="secretwords")
    shown = pairs_of(cast.author)
    assert shown == [
        ("relation", "carried"),
        ("kind", "stillbirth"),
        ("children", "living_before"),
        ("heart", "guilt"),
        ("weeks", "38"),
        ("year", "2020"),
    ]
    assert ticked_at_first(shown) == [("relation", "carried"), ("kind", "stillbirth"), ("weeks", "38")]
