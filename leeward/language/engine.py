"""Reading a text with rules and models. What is found are signs for a person, never a judgement of a person."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from statistics import fmean

from leeward.language.abuse import Abuse, load_abuse
from leeward.language.folders import folder_of
from leeward.language.judgement import Hurtful, Judgement
from leeward.language.model import Model, load_model
from leeward.language.phrases import kind_of
from leeward.language.rules import Rules, found, load_rules, plain
from leeward.language.sentences import Piece, pieces_of, sentences_of

ASKED = ("hold", "platitude", "crisis", "plan")
"""The heads whose highest score over a text's pieces decides something."""
HOLDING_RULES = ("threat", "contact", "link", "selling", "hostile")
"""Rules whose finding is a sign for which a text is held."""
MARKED = 16
"""In texts of at most so many pieces phrases that hurt are marked, which costs a reading for each sentence: as many as
an answer has that is looked at while its writer waits."""


@dataclass(frozen=True)
class Thresholds:
    """From which score on something is done; chosen on development sets only (training/thresholds.py)."""

    hold: float
    hold_long: float  # for one piece of several: each is one more chance to be wrong
    hold_mean: float  # for several pieces on the whole: what is cruel throughout is seldom so at one place
    abuse: float
    platitude: float
    care: float
    care_long: float
    look: float
    plan: float


@dataclass(frozen=True)
class Engine:
    """Everything that one language is read with."""

    rules: Rules
    model: Model
    abuse: Abuse
    thresholds: Thresholds
    language: str

    def judge(self, text: str) -> Judgement:
        """Read a text."""
        sentences = sentences_of(text)
        pieces = pieces_of(sentences, text)
        scored = [(piece, self.model.scores(piece.text)) for piece in pieces]
        top = {head: max((scores[head] for _, scores in scored), default=0.0) for head in ASKED}
        plainly = [plain(sentence.text) for sentence in sentences]
        top["hold_mean"] = fmean(scores["hold"] for _, scores in scored) if scored else 0.0
        top["abuse"] = max((self.abuse.score(sentence) for sentence in plainly), default=0.0)
        care_rules = [rule for sentence in plainly if (rule := found(self.rules, "care", sentence))]
        named = any(found(self.rules, "plan", sentence) for sentence in plainly)
        plan = named or top["plan"] >= self.thresholds.plan
        care, look = self._care(top["crisis"], is_long=len(pieces) > 1)
        return Judgement(
            signs=frozenset(self._signs(plainly, scored, top)),
            ruled=frozenset(self._ruled(plainly)),
            hurtful=tuple(self._hurtful(sentences, scored)) if len(pieces) <= MARKED else (),
            care=care or plan or bool(care_rules),
            look=look or plan or any(rule.look for rule in care_rules),
            plan=plan,
            scores=top,
        )

    def _care(self, score: float, *, is_long: bool) -> tuple[bool, bool]:
        limits = self.thresholds
        return score >= (limits.care_long if is_long else limits.care), score >= limits.look

    def _ruled(self, plainly: list[str]) -> set[str]:
        return {kind for kind in HOLDING_RULES for sentence in plainly if found(self.rules, kind, sentence)}

    def _signs(
        self, plainly: list[str], scored: list[tuple[Piece, dict[str, float]]], top: dict[str, float]
    ) -> set[str]:
        limits = self.thresholds
        signs = self._ruled(plainly)
        if top["abuse"] >= limits.abuse:
            signs.add("hostile")
        limit = limits.hold_long if len(scored) > 1 else limits.hold
        if len(scored) > 1 and fmean(scores["hold"] for _, scores in scored) >= limits.hold_mean:
            limit = limits.hold
        signs |= {_named(scores) for _, scores in scored if scores["hold"] >= limit}
        return signs

    def _hurtful(self, sentences: list[Piece], scored: list[tuple[Piece, dict[str, float]]]) -> list[Hurtful]:
        """The sentences that made a piece score: each on its own, or the one that scores most."""
        limit, marked = self.thresholds.platitude, []
        for piece, scores in scored:
            if scores["platitude"] < limit:
                continue
            within = [s for s in sentences if piece.start <= s.start and s.end <= piece.end]
            own = {s: self.model.scores(s.text)["platitude"] if len(within) > 1 else 1.0 for s in within}
            most = max(own.values(), default=0.0)
            marked += [
                Hurtful(s.start, s.end, kind_of(plain(s.text), self.language))
                for s, score in own.items()
                if score >= min(limit, most)
            ]
        return marked


def _named(scores: dict[str, float]) -> str:
    """Which sign a piece is that is held: the model says "threat" or "selling" apart."""
    named = max(("threat", "selling"), key=lambda head: scores[head])
    return named if scores[named] >= 0.5 else "hostile"


def load(language: str) -> Engine:
    """The engine of a language.

    Args:
        language: its code; of "en-gb" the folder "en" serves.

    Raises:
        LookupError: there is no data for it.
    """
    folder = folder_of(language)
    limits = Thresholds(**tomllib.loads((folder / "thresholds.toml").read_text(encoding="utf-8"))["thresholds"])
    return Engine(load_rules(folder), load_model(folder), load_abuse(folder), limits, folder.name)
