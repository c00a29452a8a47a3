from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from leeward.audience import shields
from leeward.audience.actions import (
    change_shield,
    choose,
    end_hard_day,
    leave_as_preset,
    preset,
    say_today_is_hard,
    set_shield,
)
from leeward.audience.models import Choice, Shield
from leeward.audience.notes import NOTE, mask_of
from leeward.audience.panel import panel_of
from leeward.audience.shields import HARD_DAY, kept_of
from leeward.journeys.presets import EDITION
from leeward.kit.moments import MICROSECONDS, now_us, to_datetime
from leeward.members import tending
from leeward.members.consents import withdraw
from leeward.members.models import Purpose
from leeward.notifications.actions import tell
from leeward.stories.models import Answer
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import lost, told
from tests.stories.telling import told as story_of

BUMP, FAITH = NOTE["bump"].bit, NOTE["faith"].bit


def test_what_she_decided_by_hand_stays_hers_whatever_follows_her_journey(cast: Cast) -> None:
    change_shield(cast.author, spare=FAITH, show=BUMP)
    preset(cast.author, mask_of(["bump", "ultrasound"]), EDITION)
    assert kept_of(cast.author).now == mask_of(["faith", "ultrasound"])
    preset(cast.author, 0, EDITION)
    assert kept_of(cast.author).now == FAITH


def test_what_follows_her_journey_is_shown_at_once_with_its_reason(cast: Cast) -> None:
    told(cast.author, now=["first_weeks"])
    client = signed_in(cast.author)
    for page in ("/", "/journey/"):
        shown = client.get(page).content.decode()
        assert "For now we keep from you" in shown
        assert "because you are in the first weeks after" in shown
    client.post("/me/shields/change/", {"show": "bump", "back": "/"})
    assert not kept_of(cast.author).notes & BUMP
    client.post("/me/shields/change/", {"leave": "yes", "back": "/"})
    assert "For now we keep from you" not in client.get("/").content.decode()


def test_all_that_is_preset_goes_by_one_tap(cast: Cast) -> None:
    told(cast.author, now=["trying"])
    set_shield(cast.author, kept_of(cast.author).now | FAITH)
    told(cast.author, now=["first_weeks"])
    signed_in(cast.author).post("/me/shields/change/", {"show_all": "yes"})
    assert kept_of(cast.author).preset == 0
    assert kept_of(cast.author).now & FAITH


def test_what_no_longer_follows_is_said_and_can_be_kept(cast: Cast) -> None:
    told(cast.author, now=["first_weeks"])
    leave_as_preset(cast.author)
    before = kept_of(cast.author).preset
    withdraw(cast.author, Purpose.JOURNEY)
    assert kept_of(cast.author).now == 0
    panel = panel_of(cast.author)
    assert panel is not None
    assert sum(note.bit for note in panel.gone) == before
    signed_in(cast.author).post("/me/shields/change/", {"spare_all": "yes"})
    assert kept_of(cast.author).now == before


def test_a_form_that_was_opened_before_decides_nothing_about_what_came_since(cast: Cast) -> None:
    preset(cast.author, mask_of(["bump", "ultrasound"]), EDITION)
    signed_in(cast.author).post("/me/shields/", {"seen": BUMP, "notes": ["bump", "faith"]})
    kept = kept_of(cast.author)
    assert kept.notes == mask_of(["bump", "ultrasound", "faith"])
    assert kept.by_hand == FAITH


def test_it_leads_back_only_to_this_place(cast: Cast) -> None:
    client = signed_in(cast.author)
    for back in ("https://elsewhere.example/", "//elsewhere.example/", ""):
        assert client.post("/me/shields/today/", {"begin": "yes", "back": back}).headers["Location"] == "/me/shields/"


def test_a_hard_day_keeps_more_and_ends_by_one_tap_or_by_itself(cast: Cast) -> None:
    set_shield(cast.author, FAITH)
    client = signed_in(cast.author)
    client.post("/me/shields/today/", {"begin": "yes", "back": "/stories/"})
    assert kept_of(cast.author).now == FAITH | HARD_DAY
    assert "Today is hard. More is kept from you until tomorrow." in client.get("/stories/").content.decode()
    client.post("/me/shields/today/", {"end": "yes", "back": "/stories/"})
    assert kept_of(cast.author).now == FAITH
    say_today_is_hard(cast.author)
    Shield.objects.filter(member=cast.author).update(hard_until=now_us() - 1)
    assert kept_of(cast.author).now == FAITH
    tending.tend()
    assert Shield.objects.get(member=cast.author).hard_until == 0


@pytest.mark.parametrize(("said", "ends"), [((3, 9), (4, 0)), ((3, 23), (4, 6)), ((3, 0), (4, 0))])
def test_a_hard_day_ends_at_midnight_or_after_the_night(
    said: tuple[int, int], ends: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    zone = timezone.get_current_timezone()
    at = datetime.datetime(2026, 3, said[0], said[1], 5, tzinfo=zone)
    monkeypatch.setattr("leeward.audience.shields.timezone.localtime", lambda: at)
    end = to_datetime(shields.end_of_hard_day()).astimezone(zone)
    assert (end.day, end.hour, end.minute) == (*ends, 0)
    assert shields.end_of_hard_day() % MICROSECONDS == 0


def test_what_came_on_a_hard_day_is_on_the_bell_afterwards(cast: Cast) -> None:
    story = story_of(cast.author, -1)
    say_today_is_hard(cast.author)
    made = Answer.objects.create(story=story, author=cast.host, text="closely", notes=NOTE["loss_detail"].bit, state=0)
    Answer.objects.written_by(cast.host).update(at=now_us())
    tell(cast.author, "stories.answer", made)
    client = signed_in(cast.author)
    assert made.ref not in client.get("/stories/").content.decode()
    assert "something new" not in client.get("/about/").content.decode()
    end_hard_day(cast.author)
    assert "something new" in client.get("/about/").content.decode()
    assert made.ref in client.get("/bell/").content.decode()


def test_answers_that_are_kept_from_her_are_said_and_open_behind_their_note(cast: Cast) -> None:
    story = story_of(cast.author, -1)
    made = Answer.objects.create(story=story, author=cast.host, text="of grace", notes=FAITH, state=0)
    Answer.objects.written_by(cast.host).filter(pk=made.pk).update(at=now_us())
    set_shield(cast.other_member, FAITH)
    client = signed_in(cast.other_member)
    page = client.get(story.get_absolute_url()).content.decode()
    assert "of grace" not in page
    assert "Some answers have something inside" in page
    assert "Nobody has answered yet" not in page
    assert "of grace" in client.get(story.get_absolute_url() + "?kept").content.decode()


def test_a_story_reached_by_link_shows_neither_title_nor_facts_before_it_is_opened(cast: Cast) -> None:
    story = story_of(cast.author, -1, title="Her first tooth", text="words inside", notes=NOTE["living_child"].bit)
    set_shield(cast.other_member, NOTE["living_child"].bit)
    client = signed_in(cast.other_member)
    closed = client.get(story.get_absolute_url()).content.decode()
    assert "Her first tooth" not in closed
    assert "words inside" not in closed
    assert "living children" in closed
    assert "Her first tooth" in client.get(story.get_absolute_url() + "?open").content.decode()


def test_moving_on_takes_nobodys_friends_away_and_spares_them(cast: Cast) -> None:
    told(cast.author, path=["ivf"], now=["trying"])
    lost(cast.author, "ectopic")
    choose(cast.author, cast.other_member)
    told(cast.same_ring, now=["first_weeks"])  # she is spared pregnancies
    signed_in(cast.author).post("/journey/changed/", {"what": "pregnant", "tell_chosen": "on", "words": ""})
    assert Choice.objects.filter(member=cast.author).count() == 2
    for path in ("/", "/bell/", "/stories/"):
        assert "lets you know that something has changed" not in signed_in(cast.same_ring).get(path).content.decode()
    assert "lets you know that something has changed" in signed_in(cast.other_member).get("/bell/").content.decode()
