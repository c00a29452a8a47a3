"""Make the list of words that typing mistakes are forgiven by: of the place's own texts, never of members' words.

Run `python -m bin.make_lexicon`; with --check it says only what would change.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEAST_TIMES, LEAST_SOURCES = 2, 2
"""A word of running text is taken that stands there so often, and in so many files: so a slip of one hand is not."""
PLAIN = ("leeward/journeys/vocabulary.py", "leeward/language/en/acronyms.toml", "leeward/library/*.toml")
"""Data that is written with care: every word of it is taken. The words of patterns too, where they are whole."""
PATTERNS = ("leeward/language/en/told/*.toml",)
RUNNING = (
    "training/{}/hands/*.txt",
    "training/{}/ordinary/*.txt",
    "leeward/village/people/*.toml",
    "docs/*.md",
    "*.md",
)
"""Texts that people wrote for this place."""
_LEFT_OUT = {"[hold]", "[threat]", "[plan]"}  # parts of a hand: nobody is led to their words
_WORD = re.compile(r"(?<![\w*&])[a-z]+(?:'[a-z]+)?(?![\w*&])")


def words_of(path: Path) -> list[str]:
    """The words of a file, in small letters, without the cruel parts of a hand."""
    kept, cruel = [], False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.rstrip().endswith("]"):
            cruel = line.strip() in _LEFT_OUT
        if not cruel and not line.startswith("#"):
            kept.append(line.replace("’", "'").lower())
    return _WORD.findall("\n".join(kept))


def lexicon(language: str) -> dict[str, int]:
    """Each word with how often it stands in the place's texts."""
    counts: Counter[str] = Counter()
    sources: defaultdict[str, set[Path]] = defaultdict(set)
    careful: set[str] = set()
    for pattern in (*PLAIN, *PATTERNS):
        for path in sorted(ROOT.glob(pattern)):
            found = words_of(path)
            careful |= {word for word in found if len(word) > 2}
            counts.update(found)
    for pattern in RUNNING:
        for path in sorted(ROOT.glob(pattern.format(language))):
            for word in words_of(path):
                counts[word] += 1
                sources[word].add(path)
    return {
        word: count
        for word, count in sorted(counts.items())
        if word in careful or (count >= LEAST_TIMES and len(sources[word]) >= LEAST_SOURCES)
    }


def main() -> int:
    """Write the list, or say what would change."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", default="en", help="whose list")
    parser.add_argument("--check", action="store_true", help="write nothing; say how many words are new and gone")
    asked = parser.parse_args()
    path = ROOT / "leeward" / "language" / asked.language / "lexicon.txt"
    made = lexicon(asked.language)
    known = {line.split(" ")[0] for line in path.read_text(encoding="utf-8").splitlines()} if path.exists() else set()
    print(f"{len(made)} words; {len(set(made) - known)} new, {len(known - set(made))} gone.")
    if not asked.check:
        path.write_text("".join(f"{word} {count}\n" for word, count in made.items()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
