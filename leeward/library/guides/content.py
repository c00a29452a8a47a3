"""What a guide says, apart from where it is kept: of a version, of a form, or of a text that came with the program."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.audience.notes import mask_of, notes_in
from leeward.journeys.facts import is_known, pair_of
from leeward.journeys.vocabulary import FACET
from leeward.library.rules import Topic

SPEAKS_TO: dict[str, Promise] = {
    "self": gettext_lazy("Whoever it happened to"),
    "partner": gettext_lazy("Partners"),
    "grandparent": gettext_lazy("Grandparents"),
    "sibling": gettext_lazy("Brothers and sisters"),
    "friend": gettext_lazy("Friends and colleagues"),
}
"""Whom a guide can speak to."""
_FENCE = "+++"


class GuideUnreadableError(ValueError):
    """A file of a guide cannot be understood; the words say what it lacks."""


@dataclass(frozen=True)
class Source:
    """What a sentence rests on.

    Args:
        id: by which the text cites it.
        publisher: who published it.
        title: what it is called there.
        url: where.
        seen: whether its text lay before the writer; else it is named from general knowledge.
    """

    id: str
    publisher: str
    title: str
    url: str
    seen: bool = False


@dataclass(frozen=True)
class Content:
    """All that a reader reads, and by what it is found."""

    title: str
    summary: str
    text: str
    speaks_to: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    notes: int = 0
    uses: tuple[str, ...] = ()
    sources: tuple[Source, ...] = field(default=())

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Self:
        """Content from the columns that hold it."""
        plain = {name: tuple(fields[name]) for name in ("speaks_to", "facets", "uses")}
        sources = tuple(Source(**one) for one in fields["sources"])
        return cls(fields["title"], fields["summary"], fields["text"], notes=fields["notes"], sources=sources, **plain)

    def as_fields(self) -> dict[str, Any]:
        """The columns that hold it."""
        return {
            **{name: list(getattr(self, name)) for name in ("speaks_to", "facets", "uses")},
            **{name: getattr(self, name) for name in ("title", "summary", "text", "notes")},
            "sources": [asdict(source) for source in self.sources],
        }

    def as_text(self) -> str:
        """All of it in words, one thing a line: to compare two versions."""
        said = [
            _("Title: %s") % self.title,
            _("Summary: %s") % self.summary,
            _("For: %s") % ", ".join(str(SPEAKS_TO[key]) for key in self.speaks_to),
            _("Fits: %s") % (", ".join(facet_in_words(key) for key in self.facets) or _("everybody")),
            _("Inside: %s") % ", ".join(str(note.label) for note in notes_in(self.notes)),
            _("Leans on rules about: %s") % ", ".join(str(Topic(key).label) for key in self.uses),
        ]
        return "\n".join([*said, "", self.text, "", *map(source_line, self.sources)])


def facet_in_words(pair: str) -> str:
    """A term of the vocabulary, written as `facet:key`, as people read it; one that is no more, as it is written."""
    facet, key = pair_of(pair)
    return str(FACET[facet].term(key).label) if is_facet(pair) else pair


def is_facet(pair: str) -> bool:
    """Whether there is such a term."""
    return is_known(pair_of(pair))


def source_line(source: Source) -> str:
    """A source on one line, as the desk writes it: id | publisher | title | address | seen."""
    seen = "seen" if source.seen else "not seen"
    return " | ".join((source.id, source.publisher, source.title, source.url, seen))


def read_file(written: str) -> tuple[dict[str, Any], Content]:
    """A guide as a file holds it: TOML between two lines of `+++`, then the text.

    Returns:
        Its key, language and order; and what it says.

    Raises:
        GuideUnreadableError: something is missing, or is not what it must be.
    """
    lines = written.splitlines()
    if lines[:1] != [_FENCE] or _FENCE not in lines[1:]:
        raise GuideUnreadableError("It must begin with TOML between two lines of +++.")
    end = lines.index(_FENCE, 1)
    try:
        head = tomllib.loads("\n".join(lines[1:end]))
        given = {
            "title": head["title"],
            "summary": head["summary"],
            "text": "\n".join(lines[end + 1 :]).strip(),
            "speaks_to": head["for"],
            "facets": head["facets"],
            "notes": mask_of(head["notes"]),
            "uses": head["uses"],
            "sources": head.get("source", []),
        }
        content = Content.from_fields(given)
        which = {name: head[name] for name in ("key", "language", "order")}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise GuideUnreadableError(f"Its head cannot be understood: {error}.") from error
    unknown = [
        *(key for key in content.speaks_to if key not in SPEAKS_TO),
        *(pair for pair in content.facets if not is_facet(pair)),
        *(key for key in content.uses if key not in list(Topic)),
    ]
    if unknown:
        raise GuideUnreadableError(f"Its head says {', '.join(unknown)}, which there is not.")
    return which, content
