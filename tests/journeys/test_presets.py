"""What is kept from a member because of what she tells: when it begins, and what it leaves hers."""

from __future__ import annotations

from leeward.audience.actions import change_shield, set_shield
from leeward.audience.models import Shield
from leeward.audience.notes import NOTE
from leeward.audience.shields import kept_of
from leeward.journeys.presets import EDITION
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import told

BUMP, FAITH, MONEY = (NOTE[key].bit for key in ("bump", "faith", "money"))


def told_long_ago(cast: Cast, *, by_hand: int = 0) -> None:
    """She told where she is before anything followed from it."""
    told(cast.author, now=["first_weeks"])
    Shield.objects.filter(member=cast.author).delete()
    if by_hand:
        set_shield(cast.author, by_hand)


def test_who_told_it_before_is_spared_from_her_next_visit_on_and_shown_what(cast: Cast) -> None:
    told_long_ago(cast, by_hand=FAITH)
    client = signed_in(cast.author)
    client.get("/about/")
    kept = kept_of(cast.author)
    assert kept.preset & BUMP
    assert kept.by_hand == FAITH
    assert kept.edition == EDITION
    home = client.get("/").content.decode()
    assert "For now we keep from you" in home
    assert "because you are in the first weeks after" in home
    client.post("/me/shields/change/", {"show_all": "yes", "back": "/"})
    assert kept_of(cast.author).notes == FAITH
    client.get("/stories/")
    assert kept_of(cast.author).notes == FAITH


def test_what_she_cleared_by_hand_before_stays_shown(cast: Cast) -> None:
    told_long_ago(cast)
    change_shield(cast.author, show=BUMP)
    signed_in(cast.author).get("/about/")
    assert not kept_of(cast.author).notes & BUMP
    assert kept_of(cast.author).preset


def test_another_table_follows_at_the_next_visit_and_is_shown(cast: Cast) -> None:
    told(cast.author, now=["first_weeks"])
    client = signed_in(cast.author)
    client.post("/me/shields/change/", {"leave": "yes", "back": "/"})
    Shield.objects.filter(member=cast.author).update(edition=EDITION - 1, notes=MONEY, seen=MONEY)
    home = client.get("/").content.decode()
    assert "For now we keep from you" in home
    assert "No longer kept from you" in home
    assert not kept_of(cast.author).notes & MONEY


def test_who_told_nothing_is_asked_about_once_and_spared_nothing(cast: Cast) -> None:
    client = signed_in(cast.author)
    assert "For now we keep from you" not in client.get("/").content.decode()
    kept = kept_of(cast.author)
    assert (kept.notes, kept.by_hand, kept.edition) == (0, 0, EDITION)
