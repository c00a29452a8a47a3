"""How a guide's text becomes a page, and what of it is refused in words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from leeward.library.guides.blocks import Kind, parse
from leeward.library.guides.content import GuideUnreadableError, Source, read_file
from leeward.library.guides.faults import faults_of
from leeward.library.guides.markup import Setting, drawn
from leeward.library.guides.reading import Place, Reader, parts_of
from leeward.library.guides.shipped import TEXTS
from leeward.library.guides.words import HerWords
from tests.library.guides.writing import TEXT, content

SETTING = Setting({"sea": 1}, {"tides": "/library/guides/tides/"}, HerWords("your kestrel"))


def faults(text: str, **changed: object) -> list[tuple[int, str]]:
    return [(fault.line, fault.words) for fault in faults_of(content(text=text, **changed), {"tides"})]


def test_a_sound_guide_has_no_faults() -> None:
    assert faults(TEXT) == []


def test_the_twelve_that_come_with_the_program_have_no_faults() -> None:
    files = {path.stem: read_file(path.read_text()) for path in TEXTS.glob("*.md")}
    assert len(files) == 12
    for key, (which, said) in files.items():
        assert which["key"] == key
        assert faults_of(said, files) == [], key


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Words.\n\n::: sings\n- a\n:::", 3, "There is no block “sings”"),
        ("Words.\n:::", 2, "closes a block, and none is open"),
        ("::: steps\n1. a", 1, "This block is not closed"),
        ("::: steps\n1. a\n::: say\n- b\n:::", 3, "A block begins inside another"),
        ("Words.\n\n::: signs\n- a\n:::", 4, "stand first"),
        ("::: signs\n- a\n:::\n\n::: signs\n- b\n:::", 6, "in one block alone"),
        ("::: country weather\nWords.\n:::", 1, "There are no rules about “weather”"),
        ("::: steps now\n1. a\n:::", 1, "takes no word after its name"),
        ("::: steps\nWords.\n:::", 2, "needs a list"),
        ("One.\n\nTwo.[^moon]", 3, "“moon” is cited"),
        ("See [this](guide:moon).", 1, "no guide “moon”"),
        ("See [this](https://moon.example/).", 1, "Guides link to guides alone"),
        ("![a](guide:tides)", 1, "no pictures"),
        ("<b>Words</b>", 1, "looks like HTML"),
        ("# Words", 1, "only heading of its order"),
        ("A {child} there.", 1, "A word of hers is written"),
        ("A {moon|word} there.", 1, "no word “moon”"),
        ("::: say\n- “I miss {child|your baby}.”\n:::", 2, "quotation marks stays as it is"),
    ],
)
def test_what_is_wrong_in_a_text_is_named_with_its_line(text: str, line: int, words: str) -> None:
    found = faults(text)
    assert len(found) == 1
    assert found[0][0] == line
    assert words in found[0][1]


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        ([Source("sea", "A", "B", "https://a.example/")] * 2, "Two sources are called “sea”"),
        ([Source("Sea one", "A", "B", "https://a.example/")], "cannot be cited"),
        ([Source("sea", "A", "B", "javascript:alert(1)")], "must begin with https://"),
    ],
)
def test_what_is_wrong_in_sources_is_named(sources: list[Source], words: str) -> None:
    assert any(words in said for _line, said in faults("Words.", sources=tuple(sources)))


def test_signs_that_do_not_fit_on_one_page_are_refused() -> None:
    many = "\n".join(f"- A sign that takes a whole line of the page to say, number {turn}" for turn in range(40))
    assert "too long for one printed page" in faults(f"::: signs\n{many}\n:::")[0][1]


def test_a_block_that_is_not_closed_loses_no_word() -> None:
    parts = parse("Before.\n::: nothing\nInside.\n::: steps\n1. Last").parts
    assert [part.text for part in parts] == ["Before.", "Inside.", "1. Last"]


def test_signs_are_shown_first_wherever_they_were_written() -> None:
    parts = parts_of(content(text="Words.\n\n::: signs\n- a\n:::"), Reader(Place("GB", "first")), {})
    assert [part.kind for part in parts] == [Kind.SIGNS, Kind.TEXT]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[a](javascript:alert(1))",
        "[a](https://evil.example/)",
        "![a](https://evil.example/x.png)",
        "<https://evil.example/>",
        "[a]: https://evil.example/\n\n[a]",
        '<img src=x onerror="alert(1)">',
        '[^sea" onclick="alert(1)]',
        "{child|<b>x</b>}",
        "[<img src=x onerror=alert(1)>](guide:tides)",
    ],
)
def test_nothing_in_a_text_runs_or_reaches_out(hostile: str) -> None:
    html = drawn(hostile, Setting({"sea": 1}, {"tides": "/library/guides/tides/"}, HerWords("<i onload=x>")))
    tags = set(re.findall(r"<\s*([a-z0-9]+)", html))
    assert tags <= {"p", "a", "sup", "ol", "ul", "li", "br", "em", "strong"}
    for tag in re.findall(r"<[^>]*>", html):
        assert not re.search(r"\son\w+\s*=|javascript:|evil\.example", tag), tag


def test_a_citation_leads_to_its_source_and_a_link_to_its_guide() -> None:
    html = drawn("Rests.[^sea] See [**the tides**](guide:tides), and [the moon](guide:moon).", SETTING)
    assert '<a href="#source-1" rel="noreferrer">[1]</a>' in html
    assert '<a href="/library/guides/tides/" rel="noreferrer"><strong>the tides</strong></a>' in html
    assert "and the moon." in html
    assert "moon</a>" not in html


def test_her_word_stands_in_place_of_the_neutral_one_as_text() -> None:
    words = HerWords("your <kestrel> *and* [^sea]")
    html = drawn("{child|Your loss} is {child|your loss}.", replace(SETTING, words=words))
    assert html.startswith("<p>Your &lt;kestrel&gt; *and* [^sea] is your &lt;kestrel&gt;")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("# No head", "must begin with TOML"),
        ("+++\nkey = 3", "must begin with TOML"),
        ("+++\nkey = \n+++\n", "cannot be understood"),
        ("+++\nkey = 'a'\n+++\n", "cannot be understood"),
    ],
)
def test_a_file_without_a_sound_head_is_refused(written: str, words: str) -> None:
    with pytest.raises(GuideUnreadableError, match=words):
        read_file(written)


def test_a_head_that_says_what_there_is_not_is_refused() -> None:
    written = (TEXTS / "dates.md").read_text().replace('for = ["self"', 'for = ["moon"')
    with pytest.raises(GuideUnreadableError, match="moon"):
        read_file(written)
