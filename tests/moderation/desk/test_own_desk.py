"""A moderator's desk and her notes to herself."""

from __future__ import annotations

import datetime

import pytest

from leeward.audience.notes import mask_of
from leeward.kit.moments import DAY, now_us
from leeward.members.belongings import all_belongings
from leeward.members.models import Member
from leeward.members.tending import tend
from leeward.moderation.actions.keeping import (
    note_down,
)
from leeward.moderation.desks import desk_of
from leeward.moderation.models import Debrief, Desk
from tests.conftest import Cast, signed_in
from tests.moderation.desk.desking import page


def test_the_desk_is_kept_by_a_plain_form_and_comes_back_as_she_left_it(cast: Cast) -> None:
    client = signed_in(cast.moderator)
    sent = {"notes": ["loss_detail"], "losses": ["stillbirth"], "away_until": "2031-03-01", "daily_cap": "7"}
    client.post("/moderation/desk/", sent)
    kept = desk_of(cast.moderator)
    assert (kept.avoids, kept.avoids_losses) == (mask_of(["loss_detail"]), ["stillbirth"])
    assert (kept.away_until, kept.daily_cap) == (datetime.date(2031, 3, 1), 7)
    shown = page(client, "/moderation/desk/")
    assert 'value="2031-03-01"' in shown
    assert "You are away until" in page(client)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"daily_cap": "3"}, "5"),
        ({"daily_cap": "101"}, "100"),
        ({"daily_cap": "9", "away_from": "2031-03-02", "away_until": "2031-03-01"}, "This day is before"),
    ],
)
def test_a_desk_that_cannot_be_is_said_so_and_nothing_is_lost(cast: Cast, sent: dict[str, str], said: str) -> None:
    answered = signed_in(cast.moderator).post("/moderation/desk/", {**sent, "notes": ["loss_detail"]})
    assert said in answered.content.decode()
    assert not Desk.objects.exists()


def test_notes_to_herself_are_read_and_deleted_by_nobody_else(cast: Cast, second: Member) -> None:
    client = signed_in(cast.moderator)
    client.post("/moderation/desk/notes/", {"words": "It stays with me."})
    note = Debrief.objects.get()
    assert "It stays with me." in page(client, "/moderation/desk/notes/")
    assert "It stays with me." not in page(signed_in(second), "/moderation/desk/notes/")
    assert signed_in(second).post(f"/moderation/desk/notes/{note.pk}/delete/").status_code == 404
    exports = {belonging.key: belonging.export for belonging in all_belongings()}
    assert [row["words"] for row in exports["debriefs"](cast.moderator)] == ["It stays with me."]
    for other in (second, cast.host):
        assert "It stays with me." not in str([list(export(other)) for export in exports.values()])
    client.post(f"/moderation/desk/notes/{note.pk}/delete/")
    assert not Debrief.objects.exists()


def test_notes_go_after_ninety_days(cast: Cast) -> None:
    for days in (89, 91):
        Debrief.objects.filter(pk=note_down(cast.moderator, "x").pk).update(at=now_us() - days * DAY)
    tend()
    assert Debrief.objects.count() == 1
