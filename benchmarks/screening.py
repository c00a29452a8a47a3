"""How well and how quickly texts are read, beside what others would use.

What was found of the test hands' lines (nobody chose anything by them), and of the development hands' for comparison;
beside it, if installed (training/requirements.txt and alt-profanity-check): alt-profanity-check, a TF-IDF model on the
same training hands, and the head for open abuse that public sets alone made. Each peer's threshold is chosen as ours
is: on the development hands, at the same share of harmless lines held.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.machine import described
from benchmarks.tables import table
from leeward.language.engine import Engine, load
from leeward.language.evaluating import QUESTIONS, is_found
from leeward.language.rules import plain
from training.hands import Line, Role, hands, lines, lines_of, posts
from training.thresholds import PASS_HELD, PAUSED, lowest

SECTIONS = {
    "hold": (("hold", "threat", "selling"), ("pass",)),
    "platitude": (("platitude",), ("not_platitude",)),
    "crisis": (("crisis", "plan"), ("not_crisis",)),
}
"""Which sections of a hand should be found, and which should not, for each question."""
LENGTHS = (10, 62, 150, 300)
"""Words of the texts that are timed."""
Score = Callable[[Sequence[str]], list[float]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screening", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="fifty readings a length instead of five hundred, no peers"
    )
    parser.add_argument("--json", action="store_true", help="print figures as JSON instead of tables")
    options = parser.parse_args()
    engine = load("en")
    found = {
        "machine": described(),
        "time": {words: _timed(engine, words, 50 if options.quick else 500) for words in LENGTHS},
        "memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "hands": {hand: _quality(engine, lines_of(hand)) for hand in hands(Role.TEST) + hands(Role.DEV)},
        "test": _quality(engine, lines(Role.TEST)),
        "dev": _quality(engine, lines(Role.DEV)),
        "ordinary": _ordinary(engine),
    }
    if not options.quick:
        found["peers"] = _peers()
    if options.json:
        print(json.dumps(found, indent=1))
    else:
        _print(found)


def _timed(engine: Engine, words: int, times: int) -> dict[str, float]:
    """Milliseconds to read a text of so many words, as the reader process does."""
    source = " ".join(line.text for line in lines(Role.DEV) if line.section == "ordinary").split()
    taken = []
    for nth in range(times):
        begin = (nth * 37) % (len(source) - words)
        text = " ".join(source[begin : begin + words])
        start = time.perf_counter()
        engine.judge(text)
        taken.append((time.perf_counter() - start) * 1000)
    return {"p50": round(statistics.median(taken), 1), "p95": round(statistics.quantiles(taken, n=20)[-1], 1)}


def _quality(engine: Engine, given: Sequence[Line]) -> dict[str, dict[str, int]]:
    counted = {}
    for question in QUESTIONS:
        should, should_not = SECTIONS[question]
        said = [
            (line.section in should, is_found(question, engine.judge(line.text)))
            for line in given
            if line.section in should + should_not
        ]
        counted[question] = {
            "found": sum(yes for right, yes in said if right),
            "of": sum(right for right, _ in said),
            "false": sum(yes for right, yes in said if not right),
            "false_of": sum(not right for right, _ in said),
        }
    return counted


def _ordinary(engine: Engine) -> dict[str, dict[str, int]]:
    """What becomes of ordinary texts: of the test hands (never seen), of the posts (thresholds were chosen on them)."""
    given = {"test hands": [line for line in lines(Role.TEST) if line.section == "ordinary"], "posts": posts(Role.DEV)}
    counted = {}
    for name, rows in given.items():
        said = [engine.judge(line.text) for line in rows]
        counted[name] = {
            "of": len(said),
            "held": sum(bool(one.signs - {"link"}) or one.plan for one in said),
            "shown help": sum(one.care for one in said),
            "looked at": sum(one.look for one in said),
        }
    return counted


def _peers() -> dict[str, dict[str, float]]:
    """What others find of the test hands' hostile lines, and of platitudes, at a threshold chosen as ours is."""
    found: dict[str, dict[str, float]] = {}
    for name, question, score in _scorers():
        should, should_not = SECTIONS[question]
        dev = [line.text for line in lines(Role.DEV) if line.section in should_not]
        limit = lowest(score(dev), PASS_HELD if question == "hold" else PAUSED)
        wanted = score([line.text for line in lines(Role.TEST) if line.section in should])
        unwanted = score([line.text for line in lines(Role.TEST) if line.section in should_not])
        found[f"{name}, {question}"] = {
            "found": round(sum(s >= limit for s in wanted) / len(wanted), 3),
            "false": round(sum(s >= limit for s in unwanted) / len(unwanted), 3),
            "auc": round(_auc(wanted, unwanted), 3),
        }
    return found


def _scorers() -> list[tuple[str, str, Score]]:
    engine = load("en")
    scorers: list[tuple[str, str, Score]] = [
        (
            f"Leeward's model alone, {head}",
            question,
            lambda texts, head=head: [engine.judge(t).scores[head] for t in texts],
        )
        for question, head in (("hold", "hold"), ("platitude", "platitude"), ("crisis", "crisis"))
    ]
    scorers.append(("public sets alone", "hold", lambda texts: [engine.abuse.score(plain(t)) for t in texts]))
    try:
        import profanity_check  # noqa: PLC0415  # only here, and only if installed
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  # the same
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  # the same
    except ImportError:
        return scorers
    scorers.append(("alt-profanity-check", "hold", lambda texts: list(profanity_check.predict_prob(list(texts)))))
    for question, (should, should_not) in SECTIONS.items():
        rows = [line for line in lines(Role.TRAIN) if line.section in should + should_not]
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        fitted = LogisticRegression(C=10, max_iter=500).fit(
            words.fit_transform([row.text for row in rows]), [row.section in should for row in rows]
        )
        scorers.append(
            (
                "TF-IDF on the same hands",
                question,
                lambda texts, words=words, fitted=fitted: list(fitted.predict_proba(words.transform(texts))[:, 1]),
            )
        )
    return scorers


def _auc(wanted: Sequence[float], unwanted: Sequence[float]) -> float:
    """The chance that a text that should be found scores above one that should not."""
    ranked = sorted([(score, 1) for score in wanted] + [(score, 0) for score in unwanted])
    total, below = 0.0, 0
    for _score, is_wanted in ranked:
        if is_wanted:
            total += below
        else:
            below += 1
    return total / (len(wanted) * len(unwanted))


def _print(found: dict[str, Any]) -> None:
    print(
        table(["words", "p50 ms", "p95 ms"], [[str(w), f"{t['p50']}", f"{t['p95']}"] for w, t in found["time"].items()])
    )
    print(f"\nMemory of the process: {found['memory_mib']} MiB\n")
    rows = [[name, *(_share(found[name][question]) for question in QUESTIONS)] for name in ("test", "dev")]
    rows += [[f"  {hand}", *(_share(counted[q]) for q in QUESTIONS)] for hand, counted in found["hands"].items()]
    print(table(["hands", *QUESTIONS], rows))
    print()
    columns = ["of", "held", "shown help", "looked at"]
    print(
        table(["ordinary texts", *columns], [[n, *(str(c[k]) for k in columns)] for n, c in found["ordinary"].items()])
    )
    if "peers" in found:
        print()
        rows = [
            [name, *(str(figures[k]) for k in ("found", "false", "auc"))] for name, figures in found["peers"].items()
        ]
        print(table(["on the test hands", "found", "false", "AUC"], rows))


def _share(counted: dict[str, int]) -> str:
    return f"{counted['found'] / counted['of']:.1%} ({counted['false'] / counted['false_of']:.1%} false)"


if __name__ == "__main__":
    main()
