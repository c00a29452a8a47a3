import pytest

from leeward.audience.models import RingMember
from leeward.journeys.actions import forget, keep_loss, remove_loss
from leeward.journeys.actions.telling import Given, answer
from leeward.journeys.facts import current_facts
from leeward.journeys.vocabulary import FACET
from leeward.journeys.ways import COUNTS_AFTER, keep_in_step, ways_of
from leeward.kit.moments import DAY, now_us
from leeward.members.consents import withdraw
from leeward.members.models import Purpose
from tests.conftest import Cast
from tests.journeys.journeying import lost, told


def labels(cast: Cast) -> set[str]:
    return {way.label for way in ways_of(cast.author)}


def test_telling_a_kind_of_loss_or_a_path_puts_her_on_that_way(cast: Cast) -> None:
    told(cast.author, path=["ivf", "no_help"], heart=["guilt"])
    lost(cast.author, "ectopic")
    assert labels(cast) == {"IVF", "Ectopic pregnancy"}


def test_a_way_counts_after_seven_days_and_not_before(cast: Cast) -> None:
    told(cast.author, path=["ivf"])
    (way,) = ways_of(cast.author)
    assert not way.counts
    place = RingMember.objects.get(ring_id=way.ring_id, member=cast.author)
    assert 7 * DAY - 10_000_000 < place.counts_from - now_us() <= 7 * DAY
    RingMember.objects.filter(pk=place.pk).update(counts_from=now_us() - 1)
    assert ways_of(cast.author)[0].counts


def test_two_people_on_one_way_are_in_one_ring(cast: Cast) -> None:
    told(cast.author, path=["ivf"])
    told(cast.other_member, path=["ivf"])
    assert ways_of(cast.author)[0].ring_id == ways_of(cast.other_member)[0].ring_id


def test_taking_a_fact_away_leaves_the_way_at_once_and_taking_it_up_again_counts_anew(cast: Cast) -> None:
    told(cast.author, path=["ivf"])
    RingMember.objects.filter(member=cast.author).update(counts_from=now_us() - DAY)
    forget(cast.author, current_facts(cast.author).get(key="ivf").pk)
    assert ways_of(cast.author) == []
    answer(cast.author, FACET["path"], Given(frozenset({"ivf"})))
    assert not ways_of(cast.author)[0].counts


def test_answering_again_with_the_same_keeps_the_moment(cast: Cast) -> None:
    told(cast.author, path=["ivf"])
    RingMember.objects.filter(member=cast.author).update(counts_from=now_us() - DAY)
    answer(cast.author, FACET["path"], Given(frozenset({"ivf", "iui"})))
    assert {way.label: way.counts for way in ways_of(cast.author)} == {"IVF": True, "IUI": False}


def test_of_two_losses_of_one_kind_taking_one_away_stays_on_the_way(cast: Cast) -> None:
    first, second = lost(cast.author, "ectopic"), lost(cast.author, "ectopic")
    RingMember.objects.filter(member=cast.author).update(counts_from=now_us() - DAY)
    remove_loss(first, by=cast.author)
    assert ways_of(cast.author)[0].counts
    keep_loss(cast.author, fields={}, answers={"kind": Given(frozenset({"molar"}))}, loss=second)
    assert labels(cast) == {"Molar pregnancy"}


def test_withdrawing_the_agreement_leaves_every_way(cast: Cast) -> None:
    told(cast.author, path=["ivf"])
    withdraw(cast.author, Purpose.JOURNEY)
    assert ways_of(cast.author) == []
    assert not RingMember.objects.filter(member=cast.author, ring__way__isnull=False).exists()


def test_people_she_chose_stay_when_her_ways_change(cast: Cast) -> None:
    before = RingMember.objects.filter(member=cast.same_ring).count()
    keep_in_step(cast.same_ring)
    assert RingMember.objects.filter(member=cast.same_ring).count() == before == 1


def test_a_way_declared_earlier_counts_from_then(cast: Cast) -> None:
    told(cast.author)
    lost(cast.author, "molar")
    RingMember.objects.filter(member=cast.author).delete()
    keep_in_step(cast.author, declared_at=now_us() - COUNTS_AFTER - DAY)
    assert ways_of(cast.author)[0].counts


@pytest.mark.parametrize("kind", ["ectopic", "tfmr", "hoped_for_child"])
def test_rather_not_say_is_no_way(cast: Cast, kind: str) -> None:
    loss = lost(cast.author, kind)
    keep_loss(cast.author, fields={}, answers={"kind": Given(frozenset({"rather_not_say"}))}, loss=loss)
    assert ways_of(cast.author) == []
