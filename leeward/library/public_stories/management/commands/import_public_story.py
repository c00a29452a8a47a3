"""Bring in articles that somebody made public, for an editor to look at."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leeward.library.public_stories.actions import take_in
from leeward.library.public_stories.bringing import article_from
from leeward.library.public_stories.reading.articles import Article, placed
from leeward.library.public_stories.reading.suggesting import Suggestion
from leeward.library.public_stories.refusing import Refused


class Command(BaseCommand):
    """Bring in articles that somebody made public, for an editor to look at."""

    help = (
        "Reads articles (plain text or HTML) from files or addresses, suggests what they tell, with the words that say "
        "so, and lays them on the editors' desk. If one is refused, none is taken in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("origins", nargs="+", metavar="FILE|URL", help="an article: a file, or its address")
        parser.add_argument("--dry-run", action="store_true", help="only read and show; keep nothing")
        parser.add_argument("--json", action="store_true", help="show a list, one object an article")
        parser.add_argument("--quiet", action="store_true", help="show nothing but what is refused")

    def handle(self, *args: Any, **options: Any) -> None:
        articles, refused = self._read(options["origins"])
        refs: list[str] = []
        if not refused and not options["dry_run"]:
            try:
                refs = take_in(articles)
            except Refused as why:
                refused.append(why)
                self.stderr.write(why.words)
        self._show(articles, refs, options)
        if refused:
            raise CommandError("Nothing was taken in.")

    def _read(self, origins: list[str]) -> tuple[list[Article], list[Refused]]:
        found, refused = [], []
        for origin in dict.fromkeys(origins):
            try:
                found.append(article_from(origin))
            except Refused as why:
                refused.append(why)
                self.stderr.write(f"{origin}: {why.words}")
        return placed(found), refused

    def _show(self, articles: list[Article], refs: list[str], options: dict[str, Any]) -> None:
        if options["json"]:
            rows = [_row(article, refs[nth] if refs else None) for nth, article in enumerate(articles)]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        elif not options["quiet"]:
            for article in articles:
                self.stdout.write(_in_words(article))
            if refs:
                self.stdout.write(f"On the editors' desk: {len(refs)}. See /library/stories/desk/.")


def _row(article: Article, ref: str | None) -> dict[str, Any]:
    row = {
        "origin": article.origin,
        "address": article.address or None,
        "title": article.clean.title,
        "title_is_caption": article.clean.title_is_caption,
        "text": article.clean.text,
        "author": article.clean.author or None,
        "source": article.clean.source or None,
        "date": article.clean.date.isoformat() if article.clean.date else None,
        "language": article.language,
        "told_by": article.told_by or None,
        "facets": [_suggested(facet) for facet in article.facets],
        "weeks": [_suggested(weeks) for weeks in article.weeks],
        "notes": [_suggested(note) for note in article.notes],
        "order": article.order,
        "order_words": list(article.times.words),
    }
    return row if ref is None else {"ref": ref, **row}


def _suggested(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "key": suggestion.key,
        "words": [words.words for words in suggestion.because],
        "places": [[words.start, words.end] for words in suggestion.because],
    }


def _in_words(article: Article) -> str:
    clean = article.clean
    lines = [clean.title or "(no title)", f"  {article.origin}"]
    if clean.title_is_caption:
        lines.append("  It has no title; these are the words under its first picture.")
    about = [clean.author, clean.source, clean.date.isoformat() if clean.date else "no date", article.language]
    lines.append("  " + " · ".join(part for part in about if part))
    lines.append(f"  {article.order}. of what {article.told_by or 'she'} told, among these")
    lines += [f"  {one.key}: {_words_of(one)}" for one in (*article.facets, *article.weeks)]
    lines += [f"  inside, {note.key}: {_words_of(note)}" for note in article.notes]
    return "\n".join([*lines, ""])


def _words_of(suggestion: Suggestion) -> str:
    return " … ".join(words.words for words in suggestion.because)
