"""Rules of countries: read from a file, the host's own beside ours, confirmed one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from leeward.library import rules
from leeward.library.forms import checked_value
from leeward.library.guides.checks import rules_can_be_read
from leeward.library.models import Confirmation
from leeward.library.rules import RulesUnreadableError, Topic, all_rules, countries_with_rules, read_rules, rules_of
from tests.conftest import Cast, signed_in

SOUND = """
[[rule]]
country = "IE"
topic = "leave"
applies = "{applies}"
text = "Two weeks."
law = "Sea Act"
in_force = "{day}"
[[rule.source]]
publisher = "The State"
title = "Leave"
url = "{url}"
seen = true
"""


def rule(applies: str = "any loss", day: str = "2024-05-03", url: str = "https://state.example/") -> str:
    return SOUND.format(applies=applies, day=day, url=url)


def _write(path: Path, written: str) -> None:
    path.write_text(written)
    rules._rules_of.cache_clear()  # as a start of the place does


@pytest.fixture
def hers(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "rules.toml"


def test_every_shipped_rule_is_known_by_a_key_of_its_own_and_names_its_sources() -> None:
    found = read_rules(rules.SHIPPED)[0]
    assert len({one.key for one in found}) == len(found) > 100
    assert all(one.sources and len(one.key) <= 60 for one in found)
    assert {one.topic for one in found} == set(Topic)


def test_rules_of_a_country_come_by_topic_those_of_the_whole_country_first() -> None:
    found = rules_of("GB", ["leave", "pay"])
    assert [one.topic for one in found] == sorted([one.topic for one in found], key=list(Topic).index)
    regions = [one.region for one in found if one.topic is Topic.LEAVE]
    assert regions == sorted(regions)
    assert regions[0] == ""
    assert rules_of("XL") == []


def test_countries_that_the_place_serves_come_first(settings: Settings) -> None:
    settings.COUNTRIES = ["PT", "XL"]
    assert countries_with_rules()[0] == "PT"
    assert "XL" not in countries_with_rules()


def test_a_host_replaces_adds_and_takes_out(hers: Path) -> None:
    shipped = rules_of("IE")
    one, other = shipped[0], shipped[1]
    _write(
        hers,
        rule()
        + rule(applies=one.applies).replace('"leave"', f'"{one.topic}"')
        + f'[[without]]\ncountry = "IE"\ntopic = "{other.topic}"\napplies = "{other.applies}"\n',
    )
    now = {found.key: found for found in rules_of("IE")}
    assert other.key not in now
    assert now[one.key].text == "Two weeks."
    assert now[one.key].fingerprint != one.fingerprint
    assert len(now) == len(shipped)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[[rule]", "rules.toml"),
        ("[[line]]\nkey = 'x'", "there is no line in a file of rules"),
        ("rule = 3", "rules stand below"),
        (rule().replace('law = "Sea Act"', ""), "rule 1 lacks law"),
        (rule().replace('"leave"', '"holidays"'), "topic 'holidays'"),
        (rule().replace('"IE"', '"Ireland"'), "two capital letters"),
        (rule().replace('"Two weeks."', "14"), "text must be text"),
        (rule(day="last spring"), "is no day"),
        (rule(url="javascript:alert(1)"), "no address of the web"),
        (rule().replace("[[rule.source]]", "[[rule.proof]]"), "says proof"),
        (rule().split("[[rule.source]]")[0], "names no source"),
        (rule().replace("true", '"yes"'), "seen must be true or false"),
        (rule().replace('law = "Sea Act"', 'law = "Sea Act"\nlanguage = "Irish"'), "language 'Irish'"),
        (rule() + rule(), "two rules of IE about leave"),
        (rule() + "[[without]]\ncountry = 'IE'\n", "[[without]] needs"),
        (
            "[[without]]\ncountry = 'IE'\ntopic = 'leave'\napplies = 'what there never was'\n",
            "names 1 that there are not",
        ),
    ],
)
def test_what_is_wrong_in_a_hosts_file_is_named(hers: Path, written: str, said: str) -> None:
    hers.write_text(written)
    with pytest.raises(RulesUnreadableError) as refused:
        all_rules()
    assert said in str(refused.value)
    assert str(hers) in str(refused.value)


def test_the_check_at_the_start_names_a_broken_file(hers: Path) -> None:
    assert rules_can_be_read() == []
    _write(hers, "[[rule]")
    assert [error.id for error in rules_can_be_read()] == ["guides.E001"]


@pytest.mark.django_db
def test_a_rule_is_not_confirmed_until_a_named_person_confirms_exactly_it(cast: Cast, hers: Path) -> None:
    _write(hers, rule(applies="A storm"))
    page = "/library/rules/ie/"
    assert "Ada Lind" not in Client().get(page).content.decode()
    one = next(found for found in rules_of("IE") if found.applies == "A storm")
    answer = signed_in(cast.host).post("/host/laws/ie/", {"name": "Ada Lind", "checked": [checked_value(one)]})
    assert answer.status_code == 302
    assert Confirmation.objects.get().line_key == one.key
    assert Client().get(page).content.decode().count("Confirmed for this place by Ada Lind") == 1
    _write(hers, rule(applies="A storm").replace("Two weeks", "Three weeks"))
    assert "Ada Lind" not in Client().get(page).content.decode()
    assert "confirmed before, and has changed since" in signed_in(cast.host).get("/host/laws/ie/").content.decode()


@pytest.mark.django_db
def test_a_rule_says_in_which_language_it_stands_where_that_is_not_the_places(hers: Path, settings: Settings) -> None:
    _write(hers, rule(applies="stoirm"))
    plain = next(found for found in rules_of("IE") if found.applies == "stoirm")
    assert "lang=" not in Client().get("/library/rules/ie/").content.decode().partition("<body")[2]
    _write(hers, rule(applies="stoirm").replace('law = "Sea Act"', 'law = "Sea Act"\nlanguage = "ga"'))
    page = Client().get("/library/rules/ie/").content.decode()
    assert '<p lang="ga" dir="ltr">Two weeks.</p>' in page
    assert page.partition("<body")[2].count("lang=") == 2
    assert next(found for found in rules_of("IE") if found.applies == "stoirm").fingerprint == plain.fingerprint
    settings.LANGUAGE_CODE = "ga"
    assert '<p lang="en" dir="ltr">' in Client().get("/library/rules/gb/").content.decode()


@pytest.fixture(autouse=True)
def _read_anew() -> None:
    rules._rules_of.cache_clear()


@pytest.mark.django_db
def test_only_the_host_confirms_rules(cast: Cast) -> None:
    one = rules_of("IE")[0]
    for member in (cast.author, cast.moderator):
        sent = {"name": "Ada Lind", "checked": [checked_value(one)]}
        assert signed_in(member).post("/host/laws/ie/", sent).status_code == 404
    assert not Confirmation.objects.exists()


@pytest.mark.django_db
def test_the_host_sees_how_many_of_each_country_are_confirmed(cast: Cast) -> None:
    first, *others = rules_of("IE")
    Confirmation.objects.create(line_key=first.key, fingerprint=first.fingerprint, by="Ada Lind")
    page = signed_in(cast.host).get("/host/laws/").content.decode()
    assert f"1 of {len(others) + 1} confirmed." in page


@pytest.mark.django_db
def test_a_country_of_which_nothing_is_known_is_not_there(client: Client) -> None:
    assert client.get("/library/rules/xl/").status_code == 404
