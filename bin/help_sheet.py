"""Make the one style sheet of Help now from the sheets of the place: what those pages use of them, and nothing else.

Help must reach a telephone on a poor line (docs/decisions/0040-help-now.md), and look like the same place. So nothing
is written twice: rules of the common sheets are picked out by the classes and elements that stand on those pages.

    .venv/bin/python -m bin.help_sheet            write leeward/web/static/css/help.css
    .venv/bin/python -m bin.help_sheet --check    say whether it is as it would be written; exit status 1 if not
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "leeward" / "web" / "static" / "css"
MADE = FOLDER / "help.css"
SHEETS = ("tokens", "base", "frame", "pieces", "lists", "leave", "print", "lines")
HEAD = "/* Made by bin/help_sheet.py from the sheets beside it; change those. */\n"
CLASSES = frozenset(
    re.findall(
        r"\S+",
        """brand button button--quiet card cards cluster cover exits exits__dots exits__help exits__leave exits__way
        foot foot__in foot__links foot__slope icon invented is-on leaving link-list m-far m-ground m-line m-near
        m-tree m-trunk main meta no-print panel ridge ridge__hills ridge__tree skip sky sky__in stack top top__in
        visually-hidden help-line help-lines help-line__languages help-line__ways help-places is-open print-only
        state""",
    )
)
ELEMENTS = frozenset(re.findall(r"\S+", "html body a aside b br button h1 h2 h3 h4 li main p section svg ul"))
NEVER = frozenset({".foot .meta", ".meta a", ".link-list > li > .meta", ".link-list > li:not(:has(> a:first-child))"})
"""What these classes and elements make, and what stands nowhere on those pages."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INSIDE = re.compile(r":(?:is|not|where|has)\([^()]*\)")
_ATTRIBUTE = re.compile(r"\[[^\]]*\]")
_PSEUDO = re.compile(r"::?[\w-]+(?:\([^()]*\))?")
_CLASS = re.compile(r"\.([\w-]+)")
_NAME = re.compile(r"[a-zA-Z][\w-]*")
_TOKEN = re.compile(r"var\((--[\w-]+)")


@dataclass
class Block:
    """A rule, or an at-rule with rules in it.

    Args:
        head: the selector, or the at-rule's words.
        inside: rules of an at-rule.
        declarations: of a rule, each "name: value".
    """

    head: str
    inside: list[Block]
    declarations: list[str]


def blocks_of(text: str) -> Iterator[Block]:
    """The blocks of a sheet without comments; statements without a block, as the order of layers, come with neither."""
    start = 0
    while start < len(text):
        end = next((at for at in range(start, len(text)) if text[at] in "{;"), len(text))
        head = " ".join(text[start:end].split())
        if end == len(text) or text[end] == ";":
            if head:
                yield Block(head, [], [])
            start = end + 1
            continue
        close = _closing(text, end)
        yield _block(head, text[end + 1 : close])
        start = close + 1


def made() -> str:
    """The sheet as it would be written."""
    kept: list[Block] = []
    for name in SHEETS:
        text = _COMMENT.sub("", (FOLDER / f"{name}.css").read_text(encoding="utf-8"))
        kept += [block for block in map(_picked, blocks_of(text)) if block]
    used = _tokens_used(kept)
    return HEAD + "\n".join(filter(None, (_written(block, used) for block in kept))) + "\n"


def main() -> int:
    """Write the sheet, or check it."""
    sheet = made()
    if "--check" not in sys.argv[1:]:
        MADE.write_text(sheet, encoding="utf-8")
        return 0
    if MADE.exists() and MADE.read_text(encoding="utf-8") == sheet:
        return 0
    print(f"{MADE.name} is not as its sheets are now: .venv/bin/python -m bin.help_sheet", file=sys.stderr)
    return 1


def _closing(text: str, opening: int) -> int:
    depth = 0
    for at in range(opening, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at
    raise ValueError(f"No end of the block at {text[opening - 40 : opening]!r}.")


def _block(head: str, text: str) -> Block:
    if head.startswith(("@layer", "@media", "@supports")):
        return Block(head, list(blocks_of(text)), [])
    return Block(head, [], [" ".join(one.split()) for one in text.split(";") if one.strip()])


def _picked(block: Block) -> Block | None:
    """What is left of a block when only what these pages use is kept; None if nothing is."""
    if not block.inside and not block.declarations:
        return block  # the order of layers
    if block.inside:
        inside = [one for one in map(_picked, block.inside) if one]
        return Block(block.head, inside, []) if inside else None
    if block.head.startswith("@"):
        return block if block.head == "@page" else None  # a font would be asked for
    selectors = [one.strip() for one in re.split(r",(?![^(]*\))", block.head)]
    wanted = [one for one in selectors if _is_used(one)]
    if wanted and any("{" in one for one in block.declarations):
        raise ValueError(f"{block.head}: rules within rules are not picked apart; write them out.")
    return Block(",".join(wanted), [], block.declarations) if wanted else None


def _is_used(selector: str) -> bool:
    if selector in NEVER or selector.endswith((":disabled", '[aria-pressed="true"]')):
        return False  # no button there is ever so
    plain = _ATTRIBUTE.sub("", _INSIDE.sub("", selector))
    if not CLASSES.issuperset(_CLASS.findall(plain)):
        return False
    return ELEMENTS.issuperset(_NAME.findall(_PSEUDO.sub("", _CLASS.sub("", plain))))


def _tokens_used(blocks: list[Block]) -> set[str]:
    """The tokens that rules use, and those of which these are made."""
    used: set[str] = set()
    while True:
        found = {
            token
            for declaration in _declarations(blocks)
            if not declaration.startswith("--") or declaration.partition(":")[0] in used
            for token in _TOKEN.findall(declaration)
        }
        if found <= used:
            return used
        used |= found


def _declarations(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        yield from block.declarations
        yield from _declarations(block.inside)


def _written(block: Block, used: set[str]) -> str:
    head = re.sub(r"\s*([>+~,])\s*", r"\1", block.head) if block.declarations else block.head
    if not block.inside and not block.declarations:
        return f"{head};"
    if block.inside:
        inside = "".join(_written(one, used) for one in block.inside)
        return f"{head}{{{inside}}}" if inside else ""
    kept = [one for one in block.declarations if not one.startswith("--") or one.partition(":")[0] in used]
    return f"{head}{{{';'.join(one.replace(': ', ':', 1).replace(', ', ',') for one in kept)}}}" if kept else ""


if __name__ == "__main__":
    sys.exit(main())
