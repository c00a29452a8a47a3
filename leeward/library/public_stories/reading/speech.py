"""Where an article lets people speak, and whether it is the one who tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leeward.language.wording import levelled
from leeward.library.public_stories.reading.rules import Patterns, patterns_of
from leeward.library.public_stories.reading.tellers import Teller, Voice

_DOUBLE = re.compile(r"[\"“”]")
_SINGLE_OPEN = re.compile(r"(?:(?<=\s)|^)[‘'](?=\w)", re.MULTILINE)
_SINGLE_CLOSE = re.compile(r"(?<=[.,!?…])[’'](?=\s|$)")
_NEAR = 600
"""So many characters before and behind a quotation tell who says it: a paragraph of quotation marks alone ends soon."""
_NAMED = r"(?:[A-Z][\w’'-]+\s+){0,3}[A-Z][\w’'-]+"


@dataclass(frozen=True)
class Stretch:
    """A part of an article: told, or said between quotation marks.

    Args:
        start: where it begins.
        end: where it ends.
        quoted: whether it stands between quotation marks.
        by_other: whether somebody else than the one who tells says it.
    """

    start: int
    end: int
    quoted: bool = False
    by_other: bool = False


def stretches(text: str, teller: Teller, language: str = "en") -> list[Stretch]:
    """The parts of an article, in its order; together they are all of it."""
    words = patterns_of(language)
    found: list[Stretch] = []
    at, goes_on, other = 0, False, False
    for paragraph in text.splitlines(keepends=True):
        quotes, goes_on_after = _quotes(paragraph)
        begins_quoted = bool(quotes) and not paragraph[: quotes[0][0]].strip()
        for nth, (start, end) in enumerate(quotes):
            who = _speaker(paragraph, start, end, words, teller)
            same = other and (nth > 0 or goes_on or begins_quoted)
            other = same if who is None else who
            done = found[-1].end if found else 0
            if at + start > done:
                found.append(Stretch(done, at + start))
            is_speech = end - start > 1
            found.append(Stretch(at + start, at + end, quoted=is_speech, by_other=is_speech and other))
        goes_on = goes_on_after
        done = found[-1].end if found else 0
        if done < at + len(paragraph):
            found.append(Stretch(done, at + len(paragraph)))
        at += len(paragraph)
    return found


def _quotes(paragraph: str) -> tuple[list[tuple[int, int]], bool]:
    """Where a paragraph has words between quotation marks, and whether the last of them stays open."""
    marks = [match.start() for match in _DOUBLE.finditer(paragraph)]
    if marks:
        pairs = list(zip(marks[::2], marks[1::2], strict=False))
        spans = [(one, other + 1) for one, other in pairs]
        if len(marks) % 2:
            spans.append((marks[-1], len(paragraph.rstrip("\n"))))
        return spans, bool(len(marks) % 2)
    spans = []
    at = 0
    while (opened := _SINGLE_OPEN.search(paragraph, at)) is not None:
        closed = _SINGLE_CLOSE.search(paragraph, opened.end())
        if closed is None:
            break
        spans.append((opened.start(), closed.end()))
        at = closed.end()
    return spans, False


def _speaker(paragraph: str, start: int, end: int, words: Patterns, teller: Teller) -> bool | None:
    """Whether another says what stands between start and end; None: the paragraph does not say who."""
    behind = re.split(r"[.!?](?=\s|$)|[\"“]", paragraph[end : end + _NEAR], maxsplit=1)[0]
    before = re.split(r"[.!?](?=\s)|[\"”]", paragraph[max(0, start - _NEAR) : start])[-1]
    for clause in (behind, before):
        who = _who_says(clause, words, teller)
        if who is not None:
            return who
    return None


def _who_says(clause: str, words: Patterns, teller: Teller) -> bool | None:
    verb = None
    for verb in words.says_in(clause):  # noqa: B007  # the last one stands nearest to the words
        pass
    if verb is None:
        return None
    named_behind = re.match(rf"\s+({_NAMED}|(?:the|a|an|one|her|his|my)\s+[\w’' -]{{2,40}})", clause[verb.end() :])
    subject = clause[: verb.start()].strip(" ,")
    if not subject and named_behind is not None:
        subject = named_behind.group(1)
    return _is_other(subject, words, teller)


def _is_other(subject: str, words: Patterns, teller: Teller) -> bool | None:
    """Whether these words before a verb name somebody else."""
    level = levelled(subject)
    near = subject[-70:]
    if any(re.search(rf"\b{re.escape(name)}\b", near) for name in teller.names):
        return bool(re.search(r"(?:'s|s')\s+[\w -]+$", levelled(near))) and bool(words.partners.search(level))
    if re.search(r"\b(?:i|we)\b(?:\W+\w+){0,3}$", level):
        return teller.voice is Voice.THIRD
    if re.search(r"\b(?:she|he)\b(?:\W+\w+){0,3}$", level):
        return (re.search(r"\bhe\b", level) is not None) != teller.is_he if teller.voice is Voice.THIRD else True
    if words.others.search(level) or words.partners.search(level):
        return True
    if re.search(rf"(?<![.!?] )(?<!^){_NAMED}$|^{_NAMED}$", near) and not _is_no_person(near, words):
        return True
    return None


def _is_no_person(near: str, words: Patterns) -> bool:
    last = re.findall(r"[\w’'-]+", near)[-1:]
    return not last or last[0] in words.no_name
