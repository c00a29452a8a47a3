"""A guide's Markdown as safe HTML: what members may write, and headings, citations, links to guides, her words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markupsafe import Markup, escape

from leeward.library.guides.words import NEUTRAL, WORD, HerWords

GUIDE = "guide:"
"""How a link to another guide begins."""
_TAGS = {"p", "br", "em", "strong", "blockquote", "ul", "ol", "li", "h2", "h3", "h4", "hr", "a", "sup"}
_ATTRIBUTES = {"a": {"href"}, "sup": {"class"}, "ol": {"start"}}


@dataclass(frozen=True)
class Setting:
    """What is put into a text.

    Args:
        numbers: the place of each source in the list at the end, by its id.
        links: the address of each guide that this reader may read, by its key; a link to another is its words alone.
        words: the words that she chose.
        cites: whether citations are shown.
    """

    numbers: Mapping[str, int] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    words: HerWords = NEUTRAL
    cites: bool = True


def drawn(text: str, setting: Setting) -> Markup:
    """A part of a guide as HTML."""
    return _clean(_PARSER.render(text, {_SETTING: setting}))


@dataclass(frozen=True)
class Group:
    """A list with what stands above it: its heading and a few words, either of which may be empty."""

    heading: Markup
    lead: list[Markup]
    items: list[Markup]


def groups_in(text: str, setting: Setting) -> list[Group]:
    """The lists of a part, for a sheet: each paragraph and each item as a line of its own."""
    groups, env, depth, heading = [Group(Markup(), [], [])], {_SETTING: setting}, 0, False
    for token in _PARSER.parse(text, env):
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        heading = token.type == "heading_open" or (heading and token.type != "heading_close")
        if token.type != "inline":
            continue
        words = _clean(_RENDERER.renderInline(token.children or [], _PARSER.options, env))
        if heading:
            groups.append(Group(words, [], []))
        elif depth:
            groups[-1].items.append(words)
        elif groups[-1].items:
            groups.append(Group(Markup(), [words], []))
        else:
            groups[-1].lead.append(words)
    return [group for group in groups if group.items]


def _clean(html: str) -> Markup:
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"https"},
        link_rel="noreferrer",
    )
    return Markup(clean)  # noqa: S704  # cleaned by nh3 just above


_SETTING = "setting"


def _cited(state: StateInline, silent: bool) -> bool:
    """`[^id]`: the number of a source, as a link to it. One that there is not is left out: the desk names it."""
    if not state.src.startswith("[^", state.pos):
        return False
    end = state.src.find("]", state.pos)
    name = state.src[state.pos + 2 : end]
    if end < 0 or not name or any(sign.isspace() for sign in name):
        return False
    if not silent:
        setting = _of(state)
        number = setting.numbers.get(name)
        if number and setting.cites:
            token = state.push("html_inline", "", 0)
            token.content = f'<sup class="cited"><a href="#source-{number}">[{number}]</a></sup>'
    state.pos = end + 1
    return True


def _worded(state: StateInline, silent: bool) -> bool:
    """`{child|your baby}`: the word that she chose."""
    found = WORD.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("text", "", 0).content = _of(state).words.put(found[1], found[2])
    state.pos = found.end()
    return True


def _linked(state: StateInline, silent: bool) -> bool:
    """`[words](guide:KEY)`: a link, if she may read that guide; else the words."""
    if state.src[state.pos] != "[":
        return False
    close = state.md.helpers.parseLinkLabel(state, state.pos)
    start = close + 2
    if close < 0 or not state.src.startswith(f"({GUIDE}", close + 1):
        return False
    end = state.src.find(")", start)
    if end < 0:
        return False
    if not silent:
        address = _of(state).links.get(state.src[start + len(GUIDE) : end].strip())
        if address:
            state.push("html_inline", "", 0).content = f'<a href="{escape(address)}">'
        pos, most, state.pos, state.posMax = state.pos, state.posMax, state.pos + 1, close
        state.md.inline.tokenize(state)
        state.pos, state.posMax = pos, most
        if address:
            state.push("html_inline", "", 0).content = "</a>"
    state.pos = end + 1
    return True


def _of(state: StateInline) -> Setting:
    setting: Setting = state.env[_SETTING]
    return setting


def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False})
    made.disable(["image", "html_block", "html_inline", "fence", "code", "backticks", "autolink", "reference"])
    rules: dict[str, Callable[[StateInline, bool], bool]] = {"cited": _cited, "worded": _worded, "to_guide": _linked}
    for name, rule in rules.items():
        made.inline.ruler.before("link", name, rule)
    made.disable(["link"])  # guides link to guides; what they rest on stands in their sources
    return made


_PARSER = _parser()
_RENDERER = RendererHTML()
