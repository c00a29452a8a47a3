"""What the reading of a text gives: signs, never a diagnosis, and nothing that is kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Hurtful:
    """Words in an answer that hurt some people, though they are meant well.

    Args:
        start: where they begin in the text, in characters.
        end: where they end.
        kind: which kind of phrase: a key of the language's `phrases.toml`; "other" for what only the model found.
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Judgement:
    """What a reading found.

    Args:
        signs: why a person should read it before others see it: keys among "hostile", "threat", "selling", "contact",
            "link"; empty if nothing was found.
        hurtful: platitudes and unasked advice, in the order of the text.
        care: whether its writer is shown, gently, the help that is open now (the loose threshold).
        look: whether a person is asked to look as well (the strict threshold).
        plan: whether a way, means or plan is named, which others should not read.
        scores: the heads' scores between 0 and 1, for evaluation and for the log of the benchmark; never stored.
        ruled: those of the signs that a rule found, without any model: of a name of two words no model knows anything.
    """

    signs: frozenset[str] = frozenset()
    hurtful: tuple[Hurtful, ...] = ()
    care: bool = False
    look: bool = False
    plan: bool = False
    scores: dict[str, float] = field(default_factory=dict)
    ruled: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """The judgement as it goes over the socket."""
        return {**asdict(self), "signs": sorted(self.signs), "ruled": sorted(self.ruled)}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Judgement:
        """The judgement that came over the socket."""
        hurtful = tuple(Hurtful(**one) for one in said["hurtful"])
        sets = {key: frozenset(said[key]) for key in ("signs", "ruled")}
        return cls(**{**said, **sets, "hurtful": hurtful})
