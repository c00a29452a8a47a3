"""The report of a year, from the data and without persons."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from leeward.audience.models import MEMBERS
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member
from leeward.members.tending import tend
from leeward.moderation.actions import hold_first_text, open_case, report, take_back
from leeward.moderation.actions.papers import Disclosed, write_down_disclosure
from leeward.moderation.models import Act, Appeal, Because, Case, DayCount, Decision, Disclosure, HostText, Report
from leeward.moderation.papers.counting import add, count
from leeward.moderation.papers.log import log_page
from leeward.moderation.papers.transparency import as_csv, from_csv, years
from leeward.moderation.papers.transparency import report as report_of
from leeward.moderation.papers.yearly import Numbers, said, share
from tests.conftest import Cast, signed_in
from tests.moderation.casework import case_about, decided
from tests.stories.telling import told

LONG_AGO = 400 * DAY


@pytest.fixture
def last_year() -> int:
    """The year in which all is put that happened 400 days ago."""
    return timezone.localtime(timezone.now() - datetime.timedelta(days=400)).year


def reported(cast: Cast, act: Act, *, reason: str = "cruel") -> Decision:
    return decided(report(told(cast.author, MEMBERS), by=cast.other_member, reason=reason), cast.moderator, act)


def held(cast: Cast, act: Act, because: Because = Because.DOUBTFUL) -> Decision:
    story = told(cast.author, MEMBERS)
    hold_first_text(story)
    Case.objects.filter(pk=case_about(story).pk).update(because=because)
    return decided(case_about(story), cast.moderator, act)


def long_ago() -> None:
    """Put everything that happened until now 400 days back."""
    for case in Case.objects.all():
        Case.objects.filter(pk=case.pk).update(at=case.at - LONG_AGO, decided_at=(case.decided_at or 0) - LONG_AGO)
    for model in (Report, Decision, Appeal):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(at=row.at - LONG_AGO)


def a_year_of_work(cast: Cast) -> None:
    for _ in range(5):
        reported(cast, Act.HIDE)
        held(cast, Act.RELEASE)
        held(cast, Act.REMOVE)
    reported(cast, Act.DISMISS, reason="danger")
    held(cast, Act.RELEASE, Because.FIRST_TEXT)
    lifted = reported(cast, Act.PAUSE)
    open_case(lifted.case, moderator=cast.moderator)
    take_back(lifted, moderator=cast.moderator, reason="It was about herself.")
    Appeal.objects.create(decision=lifted, words="It was about me.", heard_at=now_us(), granted=True)


def test_the_numbers_tell_what_happened(cast: Cast) -> None:
    a_year_of_work(cast)
    numbers = Numbers(timezone.localdate().year)
    assert numbers.spread("notice", "cruel") == {"rules": 6}
    assert numbers.spread("notice", "danger") == {"stays": 1}
    assert numbers.of("decision", "screening", "remove", "kind") == 5
    assert numbers.of("decision", "reading", "release") == 1
    assert numbers.of("decision", "*", "lift") == 1
    assert numbers.spread("judged") == {"shown": 5, "kept": 5}
    assert numbers.spread("appeal") == {"granted": 1}
    assert numbers.of("hours", "notice") == 7
    assert not Numbers(timezone.localdate().year - 1).of("decision")


def test_what_is_open_is_counted_as_waiting_and_nothing_else(cast: Cast) -> None:
    report(told(cast.author, MEMBERS), by=None, reason="cruel")
    numbers = Numbers(timezone.localdate().year)
    assert numbers.spread("notice", "cruel") == {"waits": 1}
    assert not numbers.of("hours")


def test_the_report_does_not_shrink_when_rows_have_been_kept_long_enough(cast: Cast, last_year: int) -> None:
    a_year_of_work(cast)
    long_ago()
    before = report_of(last_year)
    assert said(7) in {value for _section, _what, value in before}
    tend()
    assert not Case.objects.exists()
    assert not Report.objects.exists()
    assert DayCount.objects.exists()
    assert report_of(last_year) == before
    tend()
    assert report_of(last_year) == before


def test_reports_that_go_before_their_case_are_counted_once(cast: Cast) -> None:
    reported(cast, Act.HIDE)
    Report.objects.update(at=now_us() - 200 * DAY)
    year = timezone.localtime(timezone.now() - datetime.timedelta(days=200)).year
    assert Numbers(year).of("notice") == 1
    tend()
    assert Case.objects.exists()
    assert not Report.objects.exists()
    assert Numbers(year).of("notice") == 1


@pytest.mark.parametrize(
    ("number", "words"), [(0, "none"), (1, "fewer than five"), (4, "fewer than five"), (5, "5"), (7, "5"), (8, "10")]
)
def test_small_numbers_are_not_said_and_others_are_rounded(number: int, words: str) -> None:
    assert said(number) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 4, "too few to say"), (3, 40, "too few to say"), (0, 40, "about 0 %"), (11, 42, "about 25 %")],
)
def test_a_share_betrays_no_small_number(part: int, whole: int, words: str) -> None:
    assert share(part, whole) == words


def test_nothing_in_the_report_points_at_anyone(cast: Cast) -> None:
    a_year_of_work(cast)
    text = as_csv(report_of(timezone.localdate().year))
    for person in vars(cast).values():
        assert person.name not in text
        assert person.ref not in text
    for words in ("It says she is to blame", "It was about", "Because it hurt"):
        assert words not in text
    assert "fewer than five" in text


def test_the_screening_is_told_with_its_errors(cast: Cast) -> None:
    year = timezone.localdate().year
    count("screened", 1200)
    count("held", 12)
    a_year_of_work(cast)
    lines = {what: value for _section, what, value in report_of(year)}
    assert lines["Texts screened"] == "1200"
    assert lines["Held for a person"] == "10"
    assert lines["Share of held texts that were shown after all"] == "about 50 %"


def test_only_what_is_named_is_counted(db: None) -> None:
    with pytest.raises(LookupError, match="screened"):
        count("scorned")


@pytest.mark.django_db(transaction=True)
def test_two_who_count_at_once_lose_nothing() -> None:
    day = datetime.date(2026, 3, 1)
    begun = threading.Barrier(2)

    def count_to_ten() -> None:
        begun.wait()
        for _ in range(10):
            add(day, "screened", 1)
        connection.close()

    threads = [threading.Thread(target=count_to_ten) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert DayCount.objects.get(day=day).count == 20


def test_disclosures_are_counted_also_after_their_years(cast: Cast) -> None:
    on = timezone.localdate() - datetime.timedelta(days=3)
    for number in range(6):
        given = Disclosed(on, "a court", "an order", "a chosen name", given=number > 0, member_told="the same day")
        write_down_disclosure(given, by=cast.host)
    assert Numbers(on.year).spread("authority") == {"given": 5, "nothing": 1}
    Disclosure.objects.update(at=now_us() - 2200 * DAY)
    tend()
    assert not Disclosure.objects.exists()
    assert Numbers(on.year).spread("authority") == {"given": 5, "nothing": 1}


def test_the_table_for_programs_is_the_same_report(cast: Cast) -> None:
    a_year_of_work(cast)
    year = timezone.localdate().year
    response = signed_in(cast.host).get(f"/host/transparency/{year}/csv/")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert from_csv(response.content.decode()) == report_of(year)


def test_a_year_is_published_when_it_is_over_and_stays_as_it_was(cast: Cast, last_year: int) -> None:
    a_year_of_work(cast)
    long_ago()
    host, stranger, address = signed_in(cast.host), Client(), f"/transparency/{last_year}/"
    assert stranger.get(address).status_code == 404
    assert "No report has been published yet." in stranger.get("/transparency/").content.decode()
    done = host.post(f"/host{address}", {"role": "the trustee who answers for it"})
    assert done["Location"] == address
    before = stranger.get(address).content.decode()
    assert "by the trustee who answers for it" in before
    assert "It is cruel, or lays blame" in before
    assert address in stranger.get("/transparency/").content.decode()
    reported(cast, Act.HIDE, reason="selling")
    long_ago()
    assert "It sells something" not in stranger.get(address).content.decode()
    assert stranger.get(f"{address}csv/").content.decode() == HostText.objects.get().text


def test_a_year_that_is_not_over_is_not_published(cast: Cast) -> None:
    address = f"/host/transparency/{timezone.localdate().year}/"
    assert signed_in(cast.host).post(address, {"role": "the trustee"}).status_code == 200
    assert not HostText.objects.exists()


def test_a_year_of_which_nothing_is_known_has_no_report(cast: Cast) -> None:
    assert years() == [timezone.localdate().year]
    assert signed_in(cast.host).get("/host/transparency/1999/").status_code == 404
    with pytest.raises(CommandError, match="1999"):
        call_command("transparency", "1999")


def test_the_report_can_be_printed(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    year = timezone.localdate().year
    call_command("transparency", str(year), "--csv")
    assert from_csv(capsys.readouterr().out) == report_of(year)
    call_command("transparency", str(year))
    assert "Moderators, when this report was made: 1" in capsys.readouterr().out


def test_the_log_tells_what_became_of_an_objection_and_counts_one_stroke_once(cast: Cast) -> None:
    a_year_of_work(cast)
    Decision.objects.filter(act=Act.REMOVE).update(together="one stroke")
    lines, _onward = log_page()
    assert [line.number for line in lines if line.act == str(Act.REMOVE.label)] == [5]
    assert [line.objection for line in lines if line.objection] == ["The writer objected, and was right."]
    page = signed_in(cast.host).get("/moderation/log/").content.decode()
    assert "5 texts in one stroke" in page
    for name in Member.objects.exclude(pk=cast.host.pk).values_list("name", flat=True):
        assert f">{name}<" not in page
