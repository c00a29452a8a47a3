"""What she told, as it is asked for elsewhere."""

from __future__ import annotations

from leeward.journeys.facts import pairs_of, telling_of
from tests.conftest import Cast
from tests.journeys.journeying import lost, told


def test_facts_of_two_losses_are_not_put_together(cast: Cast) -> None:
    member = told(cast.author, now=["trying"])
    lost(member, "failed_transfer", year=2025)
    lost(member, "miscarriage_late", year=2026, weeks=20)
    assert {("year", "2025"), ("year", "2026")} <= set(pairs_of(member))
    assert telling_of(member).pairs_of_one_loss() == [
        ("kind", "miscarriage_late"),
        ("now", "trying"),
        ("weeks", "20"),
        ("year", "2026"),
    ]


def test_who_told_of_no_loss_is_still_somewhere(cast: Cast) -> None:
    assert telling_of(told(cast.author, now=["trying"])).pairs_of_one_loss() == [("now", "trying")]
