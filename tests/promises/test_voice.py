"""The voice: words that the place never says, in no template, no text for readers, no translation.

The lists are VOICE.md's. What members write is theirs: nothing here looks at it, and the invented people of the
demonstration village speak as people do.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "leeward"

NEVER = {
    # What is said of a person or a loss, and wounds: Malory et al., BJOG 2025, doi 10.1111/1471-0528.70057, and voice.
    "products": r"\bproducts?\b",
    "tissue": r"\btissues?\b",
    "contents of the womb": r"\bcontents of (the|your|her) (womb|uterus)\b",
    "foetal material": r"\bf(o)?etal (material|remains|tissue|demise)\b",
    "abortion for a miscarriage": r"\b(spontaneous|missed|habitual|threatened|recurrent) abortions?\b",
    "incompetent": r"\bincompeten(t|ce)\b",
    "failed, of a body or a pregnancy": r"\bfailed (pregnanc|mother|patient|body|cycle|transfer|attempt)",
    "habitual": r"\bhabitual\b",
    "geriatric": r"\bgeriatric\b",
    "blighted": r"\bblighted\b",
    "hostile": r"\bhostile\b",
    "at least": r"\bat least\b(?! (\d|one|two|seven|ten))",  # before a number it measures; else it makes small
    "everything happens for a reason": r"\beverything happens\b|\bmeant to be\b|\bfor the best\b|\bnature's way\b",
    "rainbow": r"\brainbows?\b",
    "angel": r"\bangel(s|ic)?\b",
    # Comfort by comparison, timetables and blame (domain.md 2.7).
    "try again": r"\b(can|could|just) (always )?try again\b|\bjust (relax|adopt)\b",
    "move on": r"\b(get over it|be strong|better place|move on with)\b",
    # Cheer, urgency, popularity.
    "exclamation": r"[^\s!=<]!(\s|$|\")",
    "congratulation": r"\bcongrat|\bhooray\b|\bwoohoo\b|\bawesome\b|\bgreat job\b|\bwell done\b",
    "urgency": r"\b(hurry|act now|don't miss|last chance|only today)\b",
    "streaks": r"\bstreaks?\b|\bleaderboards?\b|\btrending\b|\blikes\b|\bmost popular\b",
    "blame in errors": r"\binvalid\b|\billegal\b|\byou must (enter|provide|fill|supply)\b|\byou failed\b|\bforbidden\b",
}

ALLOWED = {
    # A content note names what is inside so that a reader can choose: there the word is the author's.
    "faith, heaven, angels",
}

THE_LAW_SAYS = {
    # The name of an assessment is the law's: who looks for it must find it under that name.
    "illegal_content.toml": {"illegal"},
    # So is an authority's, in the source of a rule.
    "rules.toml": {"tissue"},
}


def texts_of_templates() -> Iterator[tuple[Path, str]]:
    """What readers meet of each template: without comments, expressions' code and addresses, but with texts in them."""
    for path in sorted(PLACE.rglob("templates/**/*.html")):
        source = re.sub(r"\{#.*?#\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        code = re.findall(r"\{\{.*?\}\}|\{%.*?%\}", source, flags=re.DOTALL)
        for said in code:
            for text in re.findall(r"\"([^\"]*)\"|'([^']*)'", said):
                yield path, "".join(text)
        visible = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", source, flags=re.DOTALL)
        yield path, re.sub(r"<!--.*?-->|<[^>]*>", " ", visible, flags=re.DOTALL)


def texts_of_modules() -> Iterator[tuple[Path, str]]:
    """Every text in the program that goes through gettext, and the vocabulary whole."""
    for path in sorted(PLACE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_gettext(node.func):
                for arg in node.args:
                    if isinstance(arg, ast.Constant) and isinstance(arg.value, str):
                        yield path, arg.value


QUOTES = {"language", "hard_phrases", "village", "public_stories"}
"""Folders whose files say what members and papers write and what hurts; of their lines only these are our own words:"""
OWN_LINES = ("why = ", "instead = ", "reason = ")


def texts_of_data() -> Iterator[tuple[Path, str]]:
    """Texts shown from data files, and translations. What the village's people say is not ours to correct."""
    for path in sorted([*PLACE.rglob("*.toml"), *(ROOT / "docs" / "privacy").glob("*.toml")]):
        lines = path.read_text(encoding="utf-8").splitlines()
        if not QUOTES.isdisjoint(path.parts):
            lines = [line for line in lines if line.startswith(OWN_LINES)]
        yield path, "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    for path in sorted((PLACE / "locale").rglob("*.po")):
        for text in re.findall(
            r'^(?:msgstr(?:\[\d\])?|") ?"(.*)"$', path.read_text(encoding="utf-8"), flags=re.MULTILINE
        ):
            yield path, text


@cache
def everything_said() -> tuple[tuple[Path, str], ...]:
    """All of it, read once."""
    return (*texts_of_templates(), *texts_of_modules(), *texts_of_data())


def found_in(texts: Iterable[tuple[Path, str]], pattern: str) -> list[str]:
    found = []
    for path, text in texts:
        for hit in re.finditer(pattern, text, flags=re.IGNORECASE):
            if text not in ALLOWED and hit[0].lower() not in THE_LAW_SAYS.get(path.name, ()):
                around = text[max(0, hit.start() - 40) : hit.end() + 40]
                found.append(f"{path.relative_to(ROOT)}: {' '.join(around.split())}")
    return found


def _is_gettext(func: ast.expr) -> bool:
    name = func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""
    return name == "_" or name.endswith(("gettext", "gettext_lazy"))


@pytest.mark.parametrize("word", NEVER)
def test_the_place_never_says(word: str) -> None:
    found = found_in(everything_said(), NEVER[word])
    assert not found, "Say it as VOICE.md does:\n" + "\n".join(found)


def test_the_texts_are_really_read() -> None:
    assert sum(1 for _text in texts_of_templates()) > 100
    modules = {text for _path, text in texts_of_modules()}
    assert "Ectopic pregnancy" in modules
    assert any("retention" in path.name for path, _text in texts_of_data())


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("tissue", "the tissue was sent away"),
        ("at least", "At least it was early"),
        ("exclamation", "Welcome!"),
        ("abortion for a miscarriage", "a missed abortion"),
        ("failed, of a body or a pregnancy", "a failed transfer"),
        ("angel", "your angel"),
    ],
)
def test_a_word_never_said_would_be_found(word: str, text: str) -> None:
    assert found_in([(ROOT / "x.html", text)], NEVER[word])
