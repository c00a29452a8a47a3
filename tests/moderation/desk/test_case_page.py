"""What the page of a case shows."""

from __future__ import annotations

import pytest

from leeward.audience.models import Opening
from leeward.audience.notes import mask_of
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member
from leeward.moderation.actions import open_case
from leeward.moderation.actions.appealing import object_to
from leeward.moderation.actions.opening import has_opened
from leeward.moderation.models import Act, Because, Case
from leeward.stories.models import Story
from tests.conftest import Cast, signed_in
from tests.moderation.casework import decided
from tests.moderation.desk.desking import case_of_a_first_text, offered, page, urgent


def test_a_line_of_the_queue_says_why_in_plain_words(cast: Cast) -> None:
    case = case_of_a_first_text(cast)
    Case.objects.filter(pk=case.pk).update(because=Because.DOUBTFUL, signs=["hostile", "link"])
    (line,) = offered(cast.moderator)
    assert line.title == "It may be cruel, or lay blame; It has a link, from somebody who is new here"


def test_the_rule_is_filled_in_from_what_was_found(cast: Cast) -> None:
    case = case_of_a_first_text(cast)
    Case.objects.filter(pk=case.pk).update(because=Because.DOUBTFUL, signs=["selling"])
    open_case(case, moderator=cast.moderator)
    shown = page(signed_in(cast.moderator), f"/moderation/cases/{case.ref}/")
    assert '<option value="selling" selected>' in shown


def test_sight_ends_also_where_the_reason_changed_after_it_was_opened(cast: Cast) -> None:
    case = case_of_a_first_text(cast)
    open_case(case, moderator=cast.moderator)
    Case.objects.filter(pk=case.pk).update(because=Because.DOUBTFUL, signs=["hostile"])
    case.refresh_from_db()
    assert has_opened(case, cast.moderator)
    decided(case, cast.moderator, Act.REMOVE)
    assert not Opening.objects.filter(closed_at=None).exists()


def test_a_text_with_something_inside_stays_covered_until_it_is_asked_for(cast: Cast) -> None:
    case = case_of_a_first_text(cast, notes=mask_of(["loss_detail"]))
    open_case(case, moderator=cast.moderator)
    shown = page(signed_in(cast.moderator), f"/moderation/cases/{case.ref}/")
    cover = shown.index('<details class="content-note">')
    assert cover < shown.index("a loss told closely") < shown.index("held</p>") < shown.index("</details>", cover)


def test_a_text_about_danger_stands_under_a_way_to_help_and_others_do_not(cast: Cast) -> None:
    shown = {}
    for case in (urgent(cast), urgent(cast, "threat"), case_of_a_first_text(cast)):
        open_case(case, moderator=cast.moderator)
        page_of_it = page(signed_in(cast.moderator), f"/moderation/cases/{case.ref}/")
        shown[case.pk] = page_of_it[page_of_it.index("<main") : page_of_it.index('id="text"')]
    danger, threat, ordinary = shown.values()
    assert "Help that is open now" in danger
    assert "Help that is open now" not in threat
    assert "Someone may be threatened" in threat
    assert 'class="notice' not in ordinary


def test_a_pause_of_days_and_the_law_come_through_the_form(cast: Cast) -> None:
    case = case_of_a_first_text(cast)
    client = signed_in(cast.moderator)
    client.post(f"/moderation/cases/{case.ref}/open/")
    stamp = Story.objects.written_by(cast.author).get().touched_at
    sent = {"act": "pause", "clause": "law", "reason": "It sells what may not be sold.", "days": "30", "seen": stamp}
    path = f"/moderation/cases/{case.ref}/decide/"
    assert "Say which law it is." in client.post(path, sent).content.decode()
    client.post(path, {**sent, "law": "The Medicines Act, article 8"})
    decision = case.decisions.get()
    assert decision.law == "The Medicines Act, article 8"
    assert decision.until == pytest.approx(now_us() + 30 * DAY, abs=DAY // 24)


def test_an_objection_stands_in_the_queue_of_who_may_hear_it(cast: Cast, second: Member) -> None:
    case = case_of_a_first_text(cast)
    decision = decided(case, cast.moderator, Act.REMOVE)
    appeal = object_to(decision, by=cast.author, words="It was about myself.")
    assert offered(cast.moderator) == []
    assert [line.path for line in offered(second)] == [f"/moderation/appeals/{appeal.pk}/"]
