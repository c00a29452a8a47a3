"""The lines as data: sound, sourced, and changed by the host without touching the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leeward.library.checks import lines_can_be_read
from leeward.library.lines import (
    SHIPPED,
    LineKind,
    LinesUnreadableError,
    all_lines,
    countries_with_lines,
    dialled,
    lines_of,
    read_lines,
    signs,
)

ONE_LINE = """
[[line]]
key = "{key}"
country = "{country}"
kind = "crisis"
name = "The lamp"
phones = ["0100"]
purpose = "Someone who listens."
hours = "Day and night, every day"
languages = "English"
source = "example.org"
"""


@pytest.fixture
def own_lines(settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "lines.toml"


def test_every_shipped_line_says_its_source_and_names_no_day_on_which_it_was_checked() -> None:
    words = SHIPPED.read_text()
    assert all(re.fullmatch(r"[a-z0-9.\-]+\.[a-z]+", line.source) for line in read_lines(SHIPPED))
    assert not re.search(r"\b20\d\d-\d\d|\bchecked_|confirmed_", words)


def test_keys_are_unique_and_begin_with_their_country() -> None:
    lines = read_lines(SHIPPED)
    keys = [line.key for line in lines]
    assert len(keys) == len(set(keys))
    assert all(line.key.startswith(f"{line.country.lower() or 'int'}-") for line in lines)


def test_every_served_country_has_an_emergency_number_and_another_line(settings) -> None:
    for code in settings.COUNTRIES:
        kinds = {line.kind for line in lines_of(code)}
        assert LineKind.EMERGENCY in kinds
        assert LineKind.CRISIS in kinds


def test_every_other_country_has_an_emergency_number() -> None:
    for code in countries_with_lines():
        assert any(line.kind is LineKind.EMERGENCY and line.phones for line in lines_of(code)), code


def test_a_country_shows_emergencies_first() -> None:
    kinds = [line.kind for line in lines_of("GB")]
    assert kinds[0] is LineKind.EMERGENCY
    assert kinds == sorted(kinds, key=list(LineKind).index)


def test_served_countries_come_before_the_others(settings) -> None:
    settings.COUNTRIES = ["NZ", "IE"]
    codes = countries_with_lines()
    assert codes[:2] == ["NZ", "IE"]
    assert codes[2:] == sorted(codes[2:])


def test_a_number_is_dialled_without_spaces() -> None:
    assert dialled("116 123") == "116123"
    assert dialled("+64 (0)800-611 116") == "+640800611116"


def test_the_fingerprint_changes_with_any_word_of_the_line(own_lines: Path) -> None:
    before = {line.key: line.fingerprint for line in all_lines()}
    own_lines.write_text(ONE_LINE.format(key="gb-samaritans", country="GB"))
    after = {line.key: line.fingerprint for line in read_lines(own_lines)}
    assert after["gb-samaritans"] != before["gb-samaritans"]
    assert len(set(before.values())) == len(before)


def test_the_host_adds_a_line_of_a_country_of_her_own(own_lines: Path) -> None:
    own_lines.write_text(ONE_LINE.format(key="ke-lamp", country="KE"))
    assert [line.name for line in lines_of("KE")] == ["The lamp"]


def test_the_host_replaces_a_shipped_line_by_its_key(own_lines: Path) -> None:
    own_lines.write_text(ONE_LINE.format(key="gb-samaritans", country="GB"))
    names = [line.name for line in lines_of("GB")]
    assert "The lamp" in names
    assert "Samaritans" not in names


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("[[line]]\nkey = 'x'", "x lacks kind"),
        ("[[line", "lines.toml"),
        (ONE_LINE.format(key="ke-lamp", country="KE").replace("crisis", "magic"), "has kind 'magic'"),
        (ONE_LINE.format(key="ke-lamp", country="KE").replace("phones", "fones"), "says fones"),
        (ONE_LINE.format(key="ke-lamp", country="KE").replace('phones = ["0100"]', ""), "no way to be reached"),
    ],
)
def test_a_file_that_cannot_be_understood_says_which_line_and_why(own_lines: Path, wrong: str, words: str) -> None:
    own_lines.write_text(wrong)
    with pytest.raises(LinesUnreadableError, match=re.escape(words)):
        all_lines()
    assert lines_can_be_read()[0].id == "library.E001"


def test_a_served_country_without_lines_is_told_before_the_start(settings, own_lines: Path) -> None:
    settings.COUNTRIES = ["GB", "KE"]
    (warning,) = lines_can_be_read()
    assert "KE" in warning.msg
    assert str(own_lines) in str(warning.hint)


def test_the_urgent_signs_name_their_source() -> None:
    assert "nhs.uk" in signs().source
    assert signs().now
    assert signs().today
