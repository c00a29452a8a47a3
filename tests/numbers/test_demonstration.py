"""Dating back is for invented people only."""

from __future__ import annotations

import pytest

from leeward.members.models import Member
from leeward.numbers.demonstration import RealPeopleAreCountedError, publish_as_if
from leeward.numbers.models import Counted, Generation
from leeward.numbers.months import this_month
from tests.conftest import make_member
from tests.numbers.counting import counted

pytestmark = pytest.mark.django_db


def test_agreements_of_real_people_are_never_dated_back() -> None:
    make_member("Somebody real")
    with pytest.raises(RealPeopleAreCountedError):
        publish_as_if()
    assert not Generation.objects.exists()


def test_a_village_has_numbers_since_some_months() -> None:
    counted("Hazel")
    Member.objects.update(is_invented=True, joined_on="2020-01-01")
    publish_as_if(months=2)
    generation = Generation.objects.get()
    assert (generation.opened, generation.published) == (this_month() - 2, this_month())
    assert Counted.objects.get().since == this_month() - 2
