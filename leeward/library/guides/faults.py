"""What in a guide needs another look before it is kept: named in words, with the line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from leeward.library.guides.blocks import Fault, Kind, Part, parse
from leeward.library.guides.content import Content, Source
from leeward.library.guides.sheet import signs_fit
from leeward.library.guides.words import WORD, is_word

LONGEST = 40_000
"""Characters of a text: five times the longest that came with the program."""
_CITED = re.compile(r"\[\^([^\]\n]*)\]")
_LINK = re.compile(r"(!?)\[[^\]\n]*\]\(([^)\n]*)\)")
_TAG = re.compile(r"</?[a-zA-Z][^>\n]*>")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def faults_of(content: Content, guides: Collection[str]) -> list[Fault]:
    """All faults of a guide, in the order of its lines.

    Args:
        content: what it says.
        guides: the keys of the guides that there are.
    """
    parsed = parse(content.text)
    found = [*parsed.faults, *_faults_of_sources(content.sources)]
    cited = {source.id for source in content.sources}
    for part in parsed.parts:
        found += _faults_of_part(part, cited, guides)
    if not parsed.faults and not signs_fit(content):
        found.append(Fault(0, _("The signs are too long for one printed page. Please say them in fewer words.")))
    return sorted(found)


def _faults_of_part(part: Part, cited: Collection[str], guides: Collection[str]) -> Iterator[Fault]:
    for number, line in enumerate(part.text.splitlines(), start=part.line):
        yield from (Fault(number, words) for words in _faults_in(line, cited, guides))
        yield from (Fault(number, words) for words in _faults_of_words(line, part.kind))
    items = re.findall(r"^\s*(?:[-*+]|\d+[.)]) ", part.text, re.MULTILINE)
    if part.kind in {Kind.SIGNS, Kind.STEPS, Kind.SAY} and not items:
        yield Fault(part.line, _("This block needs a list: each line begins with - or, for steps, with 1."))


def _faults_in(line: str, cited: Collection[str], guides: Collection[str]) -> Iterator[str]:
    for name in _CITED.findall(line):
        if name not in cited:
            yield _("“%s” is cited, and there is no source of that name below.") % name
    for image, to in _LINK.findall(line):
        if image:
            yield _("Guides have no pictures.")
        elif not to.startswith("guide:"):
            yield _("Guides link to guides alone, as [words](guide:KEY). What a sentence rests on is a source.")
        elif to.removeprefix("guide:").strip() not in guides:
            yield _("There is no guide “%s” to link to.") % to.removeprefix("guide:").strip()
    if _TAG.search(line):
        yield _("This looks like HTML, and would be shown as it is written.")
    if re.match(r"#\s", line):
        yield _("The title is the only heading of its order. A heading in the text begins with ## or ###.")


def _faults_of_words(line: str, kind: Kind) -> Iterator[str]:
    words = [found[1] for found in WORD.finditer(line)]
    if kind is Kind.SAY and words:
        yield _("What is said in quotation marks stays as it is: her word may not fit into it.")
    yield from (_("There is no word “%s” that she could have chosen.") % name for name in words if not is_word(name))
    if re.search(r"[{}]", WORD.sub("", line)):
        yield _("A word of hers is written {child|your baby or your pregnancy}: its name, a bar, and what others read.")


def _faults_of_sources(sources: tuple[Source, ...]) -> Iterator[Fault]:
    ids = [source.id for source in sources]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield Fault(0, _("Two sources are called “%s”.") % name)
    for source in sources:
        if not _ID.fullmatch(source.id):
            yield Fault(0, _("“%s” cannot be cited: small letters, digits and hyphens alone.") % source.id)
        if urlsplit(source.url).scheme not in {"https", "http"} or not urlsplit(source.url).netloc:
            yield Fault(0, _("The address of “%s” must begin with https://.") % source.id)
