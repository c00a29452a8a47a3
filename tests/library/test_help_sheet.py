"""The one sheet of Help now: made of the place's own, and of all of them that its pages use."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from bin.help_sheet import CLASSES, ELEMENTS, FOLDER, MADE, SHEETS, blocks_of, made


@pytest.mark.django_db
def test_every_class_and_element_of_the_help_pages_is_taken_over(client: Client) -> None:
    html = client.get("/help/").content.decode() + client.get("/help/gb/").content.decode()
    worn = {name for words in re.findall(r'class="([^"]*)"', html) for name in words.split()}
    styled = set(re.findall(r"\.([a-z][\w-]*)", "".join((FOLDER / f"{name}.css").read_text() for name in SHEETS)))
    assert worn & styled <= CLASSES
    body = html.partition("<body>")[2]
    drawn = {"g", "path", "circle", "span", "div", "header", "footer", "body", "html", "head"}
    assert (
        set(re.findall(r"<([a-z0-9]+)", body)) - drawn - {"html", "head", "meta", "title", "link", "script"} <= ELEMENTS
    )


def test_the_sheet_is_as_its_sheets_are_now() -> None:
    assert MADE.read_text(encoding="utf-8") == made(), "make it again: .venv/bin/python -m bin.help_sheet"


def test_it_asks_for_no_letters_and_holds_no_token_that_nothing_uses() -> None:
    sheet = MADE.read_text(encoding="utf-8")
    assert "url(" not in sheet
    assert "@font-face" not in sheet
    for token in set(re.findall(r"[;{](--[\w-]+):", sheet)):
        assert f"var({token})" in sheet, token


def test_blocks_are_told_apart() -> None:
    found = list(blocks_of("@layer a, b; @layer a { p, .x { color: red; } @media print { p { top: 0 } } }"))
    assert [block.head for block in found] == ["@layer a, b", "@layer a"]
    assert [block.head for block in found[1].inside] == ["p, .x", "@media print"]
    with pytest.raises(ValueError, match="No end"):
        list(blocks_of("p { color: red"))
