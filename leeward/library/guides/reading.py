"""Which guides a reader may read, and what stands on the page of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from markupsafe import Markup

from leeward.journeys.countries import country_name
from leeward.journeys.models import Journey
from leeward.library.guides.blocks import Kind, Part, parse
from leeward.library.guides.content import Content, Source
from leeward.library.guides.markup import Setting, drawn
from leeward.library.guides.models import OPEN, Review, State, Version
from leeward.library.guides.tongues import tongue_of
from leeward.library.guides.words import NEUTRAL, HerWords, words_of
from leeward.library.rules import Rule, Topic, rules_of
from leeward.library.standing import Standing, standings
from leeward.members.invented import is_a_village
from leeward.members.models import Member

_ALPHA_2 = 2


@dataclass(frozen=True)
class Place:
    """The country whose rules are shown.

    Args:
        code: ISO 3166 alpha-2; "" where the place serves none.
        why: "chosen" on the page, told in her "journey", or the first that the place serves ("first").
    """

    code: str
    why: str

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return country_name(self.code)


@dataclass(frozen=True)
class ShownRule:
    """A rule with its standing."""

    rule: Rule
    standing: Standing

    @property
    def tongue(self) -> Markup:
        """The attributes of its words, where they are not in the language of the place."""
        return tongue_of(self.rule.language)


@dataclass(frozen=True)
class ShownPart:
    """A part of a guide, drawn, with the rules that it puts in."""

    kind: Kind
    html: Markup
    rules: list[ShownRule] = field(default_factory=list)
    topic: str = ""

    @property
    def label(self) -> str:
        """What its rules are about."""
        return str(Topic(self.topic).label) if self.topic in list(Topic) else self.topic


@dataclass(frozen=True)
class Reader:
    """Who reads: which country's rules she is shown, and in which words."""

    place: Place
    words: HerWords = NEUTRAL


def readable() -> dict[tuple[str, str], Version]:
    """The version of each guide that everyone may read, by key and language, in the order of lists. No draft is one.

    But for the demonstration village: there, what came with the program may be read under a notice that says so.
    """
    village = is_a_village()
    states = [State.PUBLISHED, *OPEN] if village else [State.PUBLISHED]
    rows = Version.objects.filter(state__in=states).select_related("guide").defer("text", "sources")
    found: dict[tuple[str, str], Version] = {}
    for row in rows.order_by("guide__order", "guide__key", "guide__language", "number"):
        name = (row.guide.key, row.guide.language)
        if row.state == State.PUBLISHED or (row.shipped and not _is_published(found.get(name))):
            found[name] = row
    return found


def links_to(versions: Mapping[tuple[str, str], Version], language: str) -> dict[str, str]:
    """The address of each guide by its key: in this language where there is one, else in the place's, else in any."""
    ordered = sorted(versions.items(), key=lambda one: (one[0][1] == language, one[0][1] == settings.LANGUAGE_CODE))
    return {key: version.guide.get_absolute_url() for (key, _language), version in ordered}


def in_one_language(versions: Mapping[tuple[str, str], Version]) -> list[Version]:
    """Each guide once: in the language of the place, else in another."""
    found: dict[str, Version] = {}
    for (key, language), version in versions.items():
        if key not in found or language == settings.LANGUAGE_CODE:
            found[key] = version
    return list(found.values())


def reader_of(member: Member | None, chosen: str = "") -> Reader:
    """Who reads. Two questions for a member, and one more if she told a name.

    Args:
        member: who is signed in.
        chosen: the country that she chose on the page.
    """
    journey = Journey.objects.filter(member=member).first() if member else None
    words = words_of(member, journey) if member else NEUTRAL
    if chosen:
        return Reader(Place(chosen, "chosen"), words)
    if journey and len(journey.country) == _ALPHA_2:
        return Reader(Place(journey.country, "journey"), words)
    return Reader(Place(next(iter(settings.COUNTRIES), ""), "first"), words)


def parts_of(content: Content, reader: Reader, links: Mapping[str, str]) -> list[ShownPart]:
    """A guide's parts as this reader reads them: the signs first, wherever they were written. One question at most."""
    setting = setting_of(content.sources, reader, links)
    parts = sorted(parse(content.text).parts, key=lambda part: part.kind is not Kind.SIGNS)
    topics = {part.topic for part in parts if part.kind is Kind.COUNTRY}
    rules = rules_of(reader.place.code, topics) if topics else []
    known = standings(rules) if rules else {}
    shown = [ShownRule(rule, known[rule.key]) for rule in rules]
    return [_shown(part, setting, shown) for part in parts]


def guide_context(version: Version, reader: Reader, links: Mapping[str, str]) -> dict[str, Any]:
    """What a guide's own page and the desk show of a version."""
    content = version.content
    return {
        "version": version,
        "guide": version.guide,
        "parts": parts_of(content, reader, links),
        "sources": content.sources,
        "place_of_rules": reader.place,
        "review": newest_review(version) if version.state == State.PUBLISHED else None,
    }


def setting_of(sources: Iterable[Source], reader: Reader, links: Mapping[str, str], *, cites: bool = True) -> Setting:
    """What is put into a guide's text for this reader."""
    numbers = {source.id: number for number, source in enumerate(sources, start=1)}
    return Setting(numbers, links, reader.words, cites)


def newest_review(version: Version) -> Review | None:
    """Who reviewed it last, and when; None while nobody has."""
    return Review.objects.filter(version=version).first()


def _is_published(version: Version | None) -> bool:
    return version is not None and version.state == State.PUBLISHED


def _shown(part: Part, setting: Setting, rules: list[ShownRule]) -> ShownPart:
    its = [one for one in rules if part.kind is Kind.COUNTRY and one.rule.topic == part.topic]
    return ShownPart(part.kind, drawn(part.text, setting), its, part.topic)
