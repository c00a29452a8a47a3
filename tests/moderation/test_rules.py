"""The rules of the house, in versions."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from leeward.audience.models import MEMBERS
from leeward.moderation.actions import report
from leeward.moderation.actions.papers import NothingChangedError, RulesChangedMeanwhile, change_rules
from leeward.moderation.models import Act, RulesVersion
from leeward.moderation.rules import RULES, clause_at, clauses_in_force, rules_in_force, version_at
from leeward.notifications.actions import tell_everyone
from leeward.notifications.models import Letter, Notice
from tests.conftest import Cast, signed_in
from tests.moderation.casework import decided
from tests.stories.telling import told

KIND = RULES[0]


def changed(cast: Cast, title: str = "Be kind", why: str = "Said more shortly.") -> RulesVersion:
    return change_rules({"kind": (title, "To each other.")}, by=cast.host, why=why, seen=rules_in_force())


def as_sent(**fields: str) -> dict[str, str]:
    """What the form sends when nothing in it was touched but these."""
    sent = {"why": "Said more shortly.", "seen": str(rules_in_force())}
    for clause in clauses_in_force():
        sent |= {f"title_{clause.key}": str(clause.title), f"text_{clause.key}": str(clause.text)}
    return sent | fields


@pytest.mark.django_db
def test_the_first_version_is_what_the_place_came_with() -> None:
    assert rules_in_force() == 1
    assert [clause.key for clause in clauses_in_force()] == [clause.key for clause in RULES]
    assert Client().get("/rules/1/").status_code == 200
    assert Client().get("/rules/2/").status_code == 404
    assert Client().get("/rules/0/").status_code == 404


def test_a_change_is_in_force_at_once_and_says_what_changed(cast: Cast) -> None:
    changed(cast)
    page = Client().get("/rules/").content.decode()
    assert "Be kind" in page
    assert "Said more shortly." in page
    assert "What it said before" in page
    assert str(KIND.title) in page
    assert str(RULES[1].title) in page


def test_earlier_versions_stay_to_be_read(cast: Cast) -> None:
    changed(cast)
    changed(cast, title="Be kinder")
    first, second = (Client().get(f"/rules/{number}/").content.decode() for number in (1, 2))
    assert str(KIND.title) in first
    assert "no longer in force" in first
    assert "Be kind" in second
    assert "Be kinder" not in second
    version = version_at(3)
    assert version is not None
    assert [clause.key for clause, before in version.clauses if before] == ["kind"]


def test_a_decision_keeps_the_rule_on_which_it_rests(cast: Cast) -> None:
    case = report(told(cast.author, MEMBERS), by=cast.other_member, reason="cruel")
    decision = decided(case, cast.moderator, Act.HIDE)
    changed(cast)
    later = report(told(cast.author, MEMBERS), by=cast.other_member, reason="cruel")
    assert (decision.rules, decided(later, cast.moderator, Act.HIDE).rules) == (1, 2)
    then, now = clause_at(1, "kind"), clause_at(2, "kind")
    assert then is not None
    assert now is not None
    assert (str(then.title), now.title) == (str(KIND.title), "Be kind")
    assert clause_at(1, "of no such key") is None


def test_what_the_place_came_with_is_kept_in_words_once_it_is_changed(cast: Cast) -> None:
    """A newer program may word its rules anew: what was decided before still rests on the old words."""
    changed(cast)
    first = RulesVersion.objects.get(number=1)
    assert (first.at, first.by) == (0, None)
    RulesVersion.objects.filter(number=1).update(clauses=[{**first.clauses[0], "title": "As it was once"}])
    then = clause_at(1, "kind")
    assert then is not None
    assert then.title == "As it was once"


def test_every_member_is_told_once(cast: Cast) -> None:
    cast.blocked.ended_at = timezone.now()
    cast.blocked.save()
    changed(cast)
    changed(cast, title="Be kinder")
    told_of_it = Notice.objects.filter(kind="moderation.rules", path="/rules/")
    members = {cast.author, cast.same_ring, cast.other_member, cast.moderator, cast.host}
    assert {notice.member for notice in told_of_it} == members
    assert told_of_it.count() == len(members)
    assert "The rules of this place have changed." in signed_in(cast.author).get("/bell/").content.decode()
    changed(cast, title="Be kind again")
    assert told_of_it.filter(member=cast.author).count() == 2


def test_a_letter_goes_to_those_who_asked_for_letters(cast: Cast, settings) -> None:
    settings.LETTERS_ON = True
    cast.author.email = "maud@example.org"
    cast.author.save()
    changed(cast)
    assert [letter.member for letter in Letter.objects.all()] == [cast.author]


def test_telling_everyone_asks_few_questions(cast: Cast, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(6):
        tell_everyone("moderation.rules", "/rules/")


@pytest.mark.django_db
def test_what_members_may_switch_off_is_not_told_to_everyone() -> None:
    with pytest.raises(ValueError, match="switch"):
        tell_everyone("moderation.released", "/rules/")


def test_only_the_host_changes_the_rules(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        change_rules({"kind": ("Mine", "now")}, by=cast.moderator, why="", seen=1)
    assert not RulesVersion.objects.exists()


def test_the_same_words_make_no_version(cast: Cast) -> None:
    with pytest.raises(NothingChangedError):
        change_rules({"kind": (str(KIND.title), f" {KIND.text}\n")}, by=cast.host, why="", seen=1)
    page = signed_in(cast.host).post("/host/rules/", as_sent()).content.decode()
    assert "nothing was changed" in page
    assert not Notice.objects.exists()


def test_the_host_changes_them_on_a_page(cast: Cast) -> None:
    host = signed_in(cast.host)
    assert str(KIND.title) in host.get("/host/rules/").content.decode()
    assert host.post("/host/rules/", as_sent(title_kind="Be kind"))["Location"] == "/rules/"
    row = RulesVersion.objects.get(number=2)
    assert (row.by, row.why) == (cast.host, "Said more shortly.")


def test_a_change_without_a_reason_loses_nothing(cast: Cast) -> None:
    page = signed_in(cast.host).post("/host/rules/", as_sent(title_kind="Be kind", why="")).content.decode()
    assert "What you wrote is still there." in page
    assert 'value="Be kind"' in page
    assert rules_in_force() == 1


def test_of_two_who_change_them_at_once_the_second_is_asked_to_look(cast: Cast) -> None:
    sent = as_sent(title_kind="Be gentle")
    changed(cast)
    with pytest.raises(RulesChangedMeanwhile):
        change_rules({"kind": ("Be gentle", "To each other.")}, by=cast.host, why="", seen=1)
    host = signed_in(cast.host)
    page = host.post("/host/rules/", sent).content.decode()
    assert "Somebody else has changed the rules meanwhile." in page
    assert 'value="Be gentle"' in page
    assert 'name="seen" value="2"' in page
    assert rules_in_force() == 2
    assert host.post("/host/rules/", {**sent, "seen": "2"}).status_code == 302
