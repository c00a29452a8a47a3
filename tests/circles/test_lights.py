"""A light left on: the newcomer is asked first, and only her yes is ever told."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from leeward.audience.actions import block, mute, put_aside, set_shield
from leeward.audience.notes import NOTE
from leeward.circles.actions.being_found import be_found
from leeward.circles.actions.lighting import CannotLight, light, look_for_lights, put_out, say, take_yes_back
from leeward.circles.lights import asks_something
from leeward.circles.models import FoundBy, Light, LightCall, Presence
from leeward.circles.shown import Wish
from leeward.circles.tending import tend_circles
from leeward.journeys.facts import Pair
from leeward.kit.moments import DAY, now_us
from leeward.members.belongings import Farewell
from leeward.members.consents import withdraw
from leeward.members.leaving import leave
from leeward.members.models import Member, Purpose
from leeward.notifications.models import Notice
from tests.circles.people import IVF, LATE, findable
from tests.conftest import Cast, make_member, signed_in
from tests.journeys.journeying import lost, text_of, told


@pytest.fixture
def waits(cast: Cast) -> Member:
    """Somebody who has left a light on for late losses through IVF."""
    lost(cast.same_ring, "miscarriage_late", weeks=20)
    told(cast.same_ring, path=["ivf"])
    light(cast.same_ring, [LATE, IVF])
    return cast.same_ring


def comes(member: Member, *facts: Pair) -> Presence:
    presence = findable(member, *facts)
    tend_circles()
    return presence


def bells(member: Member, kind: str) -> int:
    return Notice.objects.filter(member=member, kind=kind).count()


def a_week_later() -> None:
    LightCall.objects.filter(agreed=True).update(tell_at=now_us() - 1)
    tend_circles()


def test_the_newcomer_is_asked_and_who_waits_is_told_nothing(cast: Cast, waits: Member) -> None:
    comes(cast.other_member, LATE, IVF)
    assert bells(cast.other_member, "circles.light_asked") == 1
    assert asks_something(cast.other_member)
    assert Notice.objects.filter(member=waits).count() == 0
    assert "May she learn that you are here?" in text_of(signed_in(cast.other_member).get("/light/asked/"))


def test_after_her_yes_who_waits_is_told_on_a_day_within_the_week(cast: Cast, waits: Member) -> None:
    presence = comes(cast.other_member, LATE, IVF)
    signed_in(cast.other_member).post("/light/asked/", {"yes": "1"})
    tell_at = LightCall.objects.get().tell_at
    assert tell_at is not None
    assert now_us() - DAY < tell_at < now_us() + 7 * DAY
    LightCall.objects.update(tell_at=now_us() + DAY)
    tend_circles()
    assert bells(waits, "circles.light") == 0
    a_week_later()
    assert bells(waits, "circles.light") == 1
    assert presence.get_absolute_url() in text_of(signed_in(waits).get("/bell/"))
    tend_circles()
    assert bells(waits, "circles.light") == 1


def test_the_moments_are_drawn_over_the_whole_week(cast: Cast) -> None:
    for number in range(40):
        owner = make_member(f"Person {number}")
        lit = Light.objects.create(member=owner, facts=["path:ivf"], hook="path:ivf")
        LightCall.objects.create(light=lit, newcomer=cast.author)
    say(cast.author, agreed=True)
    moments = [call.tell_at - now_us() for call in LightCall.objects.all() if call.tell_at]
    assert len(set(moments)) == 40
    assert min(moments) < 2 * DAY
    assert max(moments) > 5 * DAY


@pytest.mark.parametrize("answer", [{"no": "1"}, {}])
def test_no_and_silence_are_never_told(cast: Cast, waits: Member, answer: dict[str, str]) -> None:
    comes(cast.other_member, LATE, IVF)
    signed_in(cast.other_member).post("/light/asked/", answer)
    LightCall.objects.update(asked_at=now_us() - 31 * DAY)
    a_week_later()
    assert Notice.objects.filter(member=waits).count() == 0
    assert not asks_something(cast.other_member)


def test_what_the_one_who_waits_reads_is_the_same_whether_somebody_came_or_not(cast: Cast, waits: Member) -> None:
    client = signed_in(waits)
    before = [_plain(text_of(client.get(path))) for path in ("/light/", "/people/", "/bell/", "/me/")]
    comes(cast.other_member, LATE, IVF)
    assert LightCall.objects.exists()
    assert [_plain(text_of(client.get(path))) for path in ("/light/", "/people/", "/bell/", "/me/")] == before
    say(cast.other_member, agreed=False)
    assert [_plain(text_of(client.get(path))) for path in ("/light/", "/people/", "/bell/", "/me/")] == before


def _plain(page: str) -> str:
    return "".join(line for line in page.splitlines(keepends=True) if "csrf" not in line)


def test_weeks_count_within_two(cast: Cast) -> None:
    lost(cast.same_ring, "miscarriage_late", weeks=20)
    light(cast.same_ring, [LATE, ("weeks", "20")])
    for number, (weeks, asked) in enumerate((("17", False), ("18", True), ("22", True), ("23", False))):
        newcomer = make_member(f"Person {number}")
        comes(newcomer, LATE, ("weeks", weeks))
        assert asks_something(newcomer) == asked, weeks


def test_a_light_for_weeks_alone_is_found_too(cast: Cast) -> None:
    lost(cast.same_ring, "miscarriage_late", weeks=20)
    light(cast.same_ring, [("weeks", "20")])
    comes(cast.other_member, ("weeks", "21"))
    assert asks_something(cast.other_member)


@pytest.mark.parametrize("facts", [[LATE], [IVF], []])
def test_all_of_it_must_be_shown(cast: Cast, waits: Member, facts: list[Pair]) -> None:
    comes(cast.other_member, *facts)
    assert not LightCall.objects.exists()


def test_what_is_hidden_in_her_journey_lights_nothing(cast: Cast, waits: Member) -> None:
    lost(cast.other_member, "miscarriage_late")
    told(cast.other_member, path=["ivf"])
    comes(cast.other_member, LATE)
    assert not LightCall.objects.exists()


NOT_ASKED: dict[str, Callable[[Cast, Member], object]] = {
    "a block by who waits": lambda cast, waits: block(waits, cast.other_member),
    "a block by the newcomer": lambda cast, waits: block(cast.other_member, waits),
    "who waits muted her": lambda cast, waits: mute(waits, cast.other_member),
    "who waits asked not to meet it": lambda cast, waits: set_shield(waits, NOTE["faith"].bit),
    "the light is out": lambda cast, waits: Light.objects.all().delete(),
    "the journey of who waits is deleted": lambda cast, waits: withdraw(waits, Purpose.JOURNEY),
    "the membership of who waits has ended": lambda cast, waits: Member.objects.filter(pk=waits.pk).update(
        ended_at=datetime.datetime.now(datetime.UTC)
    ),
    "who waits has left": lambda cast, waits: leave(waits, Farewell.LEAVE_WORDS),
}


@pytest.mark.parametrize("change", NOT_ASKED.values(), ids=NOT_ASKED)
def test_nobody_is_asked_when(cast: Cast, waits: Member, change: Callable[[Cast, Member], object]) -> None:
    change(cast, waits)
    findable(cast.other_member, LATE, IVF, notes=NOTE["faith"].bit)
    tend_circles()
    assert not LightCall.objects.exists()


def test_who_cannot_be_seen_by_the_one_who_waits_is_not_asked(cast: Cast, waits: Member) -> None:
    findable(cast.other_member, LATE, IVF, by=FoundBy.LET_IN)
    tend_circles()
    assert not LightCall.objects.exists()


REVOKED: dict[str, Callable[[Cast, Member, Presence], object]] = {
    "she stops being found": lambda cast, waits, presence: withdraw(cast.other_member, Purpose.FOUND),
    "she takes her yes back": lambda cast, waits, presence: take_yes_back(cast.other_member),
    "she blocks": lambda cast, waits, presence: block(cast.other_member, waits),
    "who waits blocks": lambda cast, waits, presence: block(waits, cast.other_member),
    "who waits mutes her": lambda cast, waits, presence: mute(waits, cast.other_member),
    "who waits puts her page aside": lambda cast, waits, presence: put_aside(waits, presence),
    "who waits puts the light out": lambda cast, waits, presence: put_out(Light.objects.get(), by=waits),
    "she lets only some find her": lambda cast, waits, presence: be_found(
        cast.other_member, Wish("I am here.", FoundBy.LET_IN, frozenset({LATE, IVF}))
    ),
    "her words are held": lambda cast, waits, presence: be_found(
        cast.other_member, Wish("New words.", FoundBy.MEMBERS, frozenset({LATE, IVF}))
    ),
    "she leaves": lambda cast, waits, presence: leave(cast.other_member, Farewell.LEAVE_WORDS),
}


@pytest.mark.parametrize("change", REVOKED.values(), ids=REVOKED)
def test_nothing_is_told_when_between_yes_and_telling(
    cast: Cast, waits: Member, change: Callable[[Cast, Member, Presence], object]
) -> None:
    presence = comes(cast.other_member, LATE, IVF)
    say(cast.other_member, agreed=True)
    change(cast, waits, presence)
    a_week_later()
    assert Notice.objects.filter(member=waits).count() == 0


def test_three_lights_at_most_and_only_for_what_is_hers(cast: Cast) -> None:
    told(cast.author, path=["ivf"], now=["trying"])
    for _nth in range(3):
        light(cast.author, [IVF])
    with pytest.raises(CannotLight):
        light(cast.author, [IVF])
    put_out(Light.objects.earliest("pk"), by=cast.author)
    with pytest.raises(CannotLight):
        light(cast.author, [LATE])
    with pytest.raises(CannotLight):
        light(cast.author, [])


def test_only_she_puts_her_light_out(cast: Cast, waits: Member) -> None:
    lit = Light.objects.get()
    assert signed_in(cast.other_member).post(f"/light/{lit.pk}/out/").status_code == 404
    signed_in(waits).post(f"/light/{lit.pk}/out/")
    assert not Light.objects.exists()


def test_she_is_asked_once_a_light_however_often_she_changes(cast: Cast, waits: Member) -> None:
    presence = comes(cast.other_member, LATE, IVF)
    say(cast.other_member, agreed=False)
    comes(cast.other_member, LATE, IVF)
    look_for_lights(presence)
    assert LightCall.objects.count() == 1
    assert not asks_something(cast.other_member)


def test_facts_that_she_shows_later_are_looked_at_then(cast: Cast, waits: Member) -> None:
    comes(cast.other_member, LATE)
    assert not LightCall.objects.exists()
    comes(cast.other_member, LATE, IVF)
    assert asks_something(cast.other_member)


def test_a_new_account_is_asked_when_it_is_shown(cast: Cast, waits: Member) -> None:
    findable(cast.other_member, LATE, IVF)
    Presence.objects.written_by(cast.other_member).update(shown_from=now_us() + DAY)
    tend_circles()
    assert not LightCall.objects.exists()
    Presence.objects.written_by(cast.other_member).update(shown_from=now_us() - 1)
    tend_circles()
    assert asks_something(cast.other_member)


def test_lighting_by_hand_shows_the_light_to_her_alone(cast: Cast) -> None:
    told(cast.author, path=["ivf"])
    client = signed_in(cast.author)
    client.post("/light/", {"facts": ["path=ivf"]})
    assert Light.objects.get().facts == ["path:ivf"]
    assert "Put it out" in text_of(client.get("/light/"))
    assert "Put it out" not in text_of(signed_in(cast.other_member).get("/light/"))
    assert client.post("/light/", {}).status_code == 422
    assert signed_in(cast.host).post("/light/", {}).status_code == 422


def test_who_comes_and_goes_is_not_asked_again_by_the_same_light(cast: Cast, waits: Member) -> None:
    comes(cast.other_member, LATE, IVF)
    withdraw(cast.other_member, Purpose.FOUND)
    assert not asks_something(cast.other_member)
    comes(cast.other_member, LATE, IVF)
    assert not asks_something(cast.other_member)
    assert LightCall.objects.count() == 1
    light(waits, [LATE])
    comes(cast.other_member, LATE)
    assert asks_something(cast.other_member)
