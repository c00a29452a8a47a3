"""What stands in the book's page, as a tree of plain values that can be set on paper: tags that we know, and text."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from typing import Any

Node = dict[str, Any]

DEEPEST = 16
"""So many things stand inside each other at most; typst refuses to follow much further."""
_BLOCKS = frozenset(
    {"main", "header", "section", "article", "div", "footer", "blockquote", "ul", "ol", "li", "figure", "details"}
)
"""Inside these, empty space between tags is how the file is laid out, not text."""
_TURNED = frozenset({"p", "li", "h1", "h2", "h3", "h4"})
_LONE = frozenset({"br", "hr", "img"})
_SKIPPED = frozenset({"head", "style", "title", "script"})
"""With what the page says to screen readers alone: on paper it would be one more heading."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONG = re.compile(r"[^\s\u200b]{30,}")
_STEP = re.compile(r"(?:\w{12}|[^\w\s]{12})(?=[A-Za-z0-9_./?&=+-])", flags=re.ASCII)
"""Twelve signs of a very long word, before one that nothing joins to them."""


def tree_of(html: str) -> list[Node]:
    """The tree of what stands in the page's `main`.

    Args:
        html: a page of ours. What members wrote in it has been cleaned by the place's reader of Markdown.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    mains = [node for node in _all_in(reader.top["in"]) if node["tag"] == "main"]
    body: list[Node] = mains[0]["in"] if mains else []
    return body


def breakable(text: str) -> str:
    """A text whose very long words have places at which a line may end; they are not seen."""
    return _LONG.sub(lambda word: _STEP.sub("\\g<0>\u200b", word.group()), text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top: Node = {"tag": "", "in": []}
        self._open = [self.top]
        self._skipping = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _SKIPPED or given.get("class") == "unseen":
            self._skipping = self._skipping or tag
        if self._skipping:
            return
        node: Node = {"tag": tag, "in": []}
        if given.get("class"):
            node["kind"] = given["class"]
        if tag == "img":
            node["photo"], node["alt"] = (given.get("src") or "").removeprefix("photo:"), given.get("alt") or ""
        if tag == "a" and (given.get("href") or "").startswith(("https://", "http://")):
            node["to"] = given["href"]
        if len(self._open) > DEEPEST and tag not in _LONE:
            node["in"] = self._open[-1]["in"]  # what is inside stays, without one more frame around it
        else:
            self._open[-1]["in"].append(node)
        if tag not in _LONE | {"meta"}:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            self._skipping = "" if tag == self._skipping else self._skipping
            return
        if any(node["tag"] == tag for node in self._open[1:]):
            while self._open.pop()["tag"] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        text = _CONTROL.sub("", data)
        self._turn_by(text)
        if any(node["tag"] == "pre" for node in self._open):
            self._lines(breakable(text))
        elif text.strip() or self._open[-1]["tag"] not in _BLOCKS | {""}:
            self._open[-1]["in"].append(breakable(re.sub(r"[ \t\r\n]+", " ", text)))

    def _turn_by(self, text: str) -> None:
        """Say of a paragraph that it runs from right to left, if its first letter does."""
        held = next((node for node in reversed(self._open) if node["tag"] in _TURNED), None)
        if held is not None and "rtl" not in held:
            ways = (unicodedata.bidirectional(sign) for sign in text)
            first = next((way for way in ways if way in {"L", "R", "AL"}), None)
            if first:
                held["rtl"] = first != "L"

    def _lines(self, text: str) -> None:
        """Lines as they were written, each kept as one."""
        for at, line in enumerate(text.rstrip("\n").split("\n")):
            if at:
                self._open[-1]["in"].append({"tag": "br", "in": []})
            self._open[-1]["in"].append(line.replace(" ", "\u00a0") if line.startswith(" ") else line)


def _all_in(nodes: list[Any]) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, dict):
            found += [node, *_all_in(node["in"])]
    return found
