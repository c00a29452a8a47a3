"""Rules of countries that guides put in: leave, pay, registration, certificates, remains, the costs of a funeral.

Read from rules.toml, whose head describes the fields. A host corrects or adds rules in `rules.toml` of its data folder:
one with the same country, region, topic and `applies` replaces the shipped one, and `[[without]]` with these four takes
it out. None counts as current until a named person of the host confirms exactly this content (`standing.standings`).
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leeward.library.fingerprints import fingerprint_of

SHIPPED = Path(__file__).parent / "rules.toml"
_WHICH = ("country", "region", "topic", "applies")
_NEEDED = ("country", "topic", "applies", "text", "law")
_KNOWN = {*_NEEDED, "region", "in_force", "language", "source"}
_TEXTS = ("country", "region", "applies", "text", "law", "language")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_OF_SOURCE = ("publisher", "title", "url")


class RulesUnreadableError(ValueError):
    """A file of rules cannot be understood; the words say which rule, and what it lacks."""


class Topic(StrEnum):
    """What a rule is about, in the order in which pages show them."""

    LEAVE = "leave"
    PAY = "pay"
    REGISTRATION = "registration"
    CERTIFICATE = "certificate"
    REMAINS = "remains"
    BEREAVEMENT = "bereavement"

    @property
    def label(self) -> Promise:
        """What a page calls rules about it."""
        return _TOPIC_LABELS[self]


_TOPIC_LABELS: dict[Topic, Promise] = {
    Topic.LEAVE: _("Leave from work"),
    Topic.PAY: _("Pay while away"),
    Topic.REGISTRATION: _("Registration"),
    Topic.CERTIFICATE: _("Certificates"),
    Topic.REMAINS: _("Burial, cremation and what may be taken home"),
    Topic.BEREAVEMENT: _("Help with the costs of a funeral"),
}


@dataclass(frozen=True)
class RuleSource:
    """Where a rule was found. `seen`: whether its text lay before the writer; no check either way."""

    publisher: str
    title: str
    url: str
    seen: bool = False


@dataclass(frozen=True)
class Rule:
    """One rule, as the head of rules.toml describes its fields."""

    country: str
    topic: Topic
    applies: str
    text: str
    law: str
    sources: tuple[RuleSource, ...]
    region: str = ""
    in_force: datetime.date | None = None
    language: str = "en"

    @property
    def key(self) -> str:
        """What tells this rule from every other, also when its text changes."""
        return f"rule:{self.country}:{self.topic}:{fingerprint_of([self.region, self.applies])}"

    @property
    def fingerprint(self) -> str:
        """What a confirmation confirms: exactly this content. In which language it stands, its words say themselves."""
        content = {**asdict(self), "in_force": str(self.in_force or "")}
        return fingerprint_of({name: value for name, value in content.items() if name != "language"})


def all_rules() -> tuple[Rule, ...]:
    """Every rule, the host's own included, in the order of the files.

    Raises:
        RulesUnreadableError: a file cannot be understood.
    """
    return _rules_of(settings.DATA / "rules.toml")


def rules_of(country: str, topics: Iterable[str] = tuple(Topic)) -> list[Rule]:
    """The rules of a country about some topics.

    Args:
        country: ISO 3166 alpha-2.
        topics: values of `Topic`; all of them if none are named.

    Returns:
        In the order of topics; within one, those for all of the country before those of a part of it.
    """
    order, wanted = list(Topic), set(topics)
    found = [rule for rule in all_rules() if rule.country == country and rule.topic in wanted]
    return sorted(found, key=lambda rule: (order.index(rule.topic), rule.region))


def countries_with_rules() -> list[str]:
    """The countries that have rules: those that the place serves first, in the host's order, then the others."""
    known = {rule.country for rule in all_rules()}
    served = [code for code in settings.COUNTRIES if code in known]
    return served + sorted(known - set(served))


def read_rules(path: Path) -> tuple[list[Rule], list[str]]:
    """The rules of one file, and the keys of those that it takes out.

    Raises:
        RulesUnreadableError: the file is no TOML, or a rule lacks something.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesUnreadableError(f"{path}: {error}") from error
    unknown = found.keys() - {"rule", "without"}
    if unknown:
        raise RulesUnreadableError(f"{path}: there is no {_listed(sorted(unknown))} in a file of rules.")
    if not all(_are_tables(rows) for rows in found.values()):
        raise RulesUnreadableError(f"{path}: rules stand below [[rule]], and those to leave out below [[without]].")
    rules = [_rule_from(row, f"{path}: rule {place}") for place, row in enumerate(found.get("rule", []), start=1)]
    keys = [rule.key for rule in rules]
    for rule in rules:
        if keys.count(rule.key) > 1:
            raise RulesUnreadableError(f"{path}: two rules of {rule.country} about {rule.topic} say {rule.applies!r}.")
    return rules, [_without(row, path) for row in found.get("without", [])]


@cache
def _rules_of(own: Path) -> tuple[Rule, ...]:
    rules = {rule.key: rule for rule in read_rules(SHIPPED)[0]}
    if own.exists():
        hers, without = read_rules(own)
        unknown = [key for key in without if key not in rules]
        if unknown:
            raise RulesUnreadableError(f"{own}: [[without]] names {len(unknown)} that there are not: {unknown[0]}.")
        rules |= {rule.key: rule for rule in hers}
        rules = {key: rule for key, rule in rules.items() if key not in without}
    return tuple(rules.values())


def _rule_from(row: Mapping[str, Any], where: str) -> Rule:
    lacking = [name for name in _NEEDED if not row.get(name)]
    if lacking:
        raise RulesUnreadableError(f"{where} lacks {_listed(lacking)}.")
    unknown = sorted(row.keys() - _KNOWN)
    if unknown:
        raise RulesUnreadableError(f"{where} says {_listed(unknown)}, which no rule has.")
    not_text = [name for name in row if name not in {"source", "in_force"} and not isinstance(row[name], str)]
    if not_text:
        raise RulesUnreadableError(f"{where}: {_listed(not_text)} must be text.")
    if len(row["country"]) != 2 or not (row["country"].isalpha() and row["country"].isupper()):  # ISO 3166 alpha-2
        raise RulesUnreadableError(f"{where}: country {row['country']!r} must be two capital letters, such as 'IE'.")
    if not _LANGUAGE.fullmatch(row.get("language", "en")):
        raise RulesUnreadableError(f"{where}: language {row['language']!r} must be such as 'nl' or 'pt-BR'.")
    if row["topic"] not in list(Topic):
        raise RulesUnreadableError(f"{where} has topic {row['topic']!r}; there are {_listed(Topic)}.")
    plain = {name: row[name] for name in _TEXTS if name in row}
    since = _day(row.get("in_force"), where)
    return Rule(**plain, topic=Topic(row["topic"]), in_force=since, sources=_sources(row.get("source"), where))


def _sources(rows: Any, where: str) -> tuple[RuleSource, ...]:
    if not rows or not _are_tables(rows):
        raise RulesUnreadableError(f"{where} names no source ([[rule.source]]).")
    found = []
    for row in rows:
        lacking = [name for name in _OF_SOURCE if not row.get(name) or not isinstance(row[name], str)]
        if lacking:
            raise RulesUnreadableError(f"{where}: a source lacks {_listed(lacking)}.")
        if urlsplit(row["url"]).scheme not in {"https", "http"}:
            raise RulesUnreadableError(f"{where}: {row['url']!r} is no address of the web.")
        seen = row.get("seen", False)
        if not isinstance(seen, bool):
            raise RulesUnreadableError(f"{where}: seen must be true or false.")
        found.append(RuleSource(row["publisher"], row["title"], row["url"], seen))
    return tuple(found)


def _day(said: Any, where: str) -> datetime.date | None:
    if said is None:
        return None
    try:
        return datetime.date.fromisoformat(str(said))
    except ValueError as error:
        raise RulesUnreadableError(f"{where}: in_force {said!r} is no day, such as 2020-04-06.") from error


def _without(row: Mapping[str, Any], path: Path) -> str:
    lacking = [name for name in _WHICH if name != "region" and not row.get(name)]
    if lacking or row.keys() - set(_WHICH):
        raise RulesUnreadableError(f"{path}: [[without]] needs {_listed(_WHICH)}, and nothing else.")
    return f"rule:{row['country']}:{row['topic']}:{fingerprint_of([row.get('region', ''), row['applies']])}"


def _are_tables(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
