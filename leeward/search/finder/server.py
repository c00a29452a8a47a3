"""The finder on its socket."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from leeward.kit.line_server import LineServer
from leeward.search.finder.core import RERANKED, Finder
from leeward.search.plans import Plan

MOST = 4 * RERANKED
"""So many things are named in one answer, at most."""


class FinderServer(LineServer):
    """Answers what is near, and what a question finds, once it was given its finder: the socket comes first.

    Else a second process would open the files of the first before it noticed it.
    """

    def __init__(self, path: Path) -> None:
        self.finder: Finder | None = None
        super().__init__(path)

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer to one question."""
        if self.finder is None or not self.finder.is_ready:
            return {"error": "The index is being read."}
        if "near" in question:
            asked = question["near"]
            return {"near": self.finder.near(**_common(asked), words=str(asked["words"]), pull=float(asked["pull"]))}
        if "near_each" in question:
            return {"near_each": self.finder.near_each(**_common(question["near_each"]))}
        if "meant" in question:
            asked = question["meant"]
            meaning, facts = self.finder.meant(str(asked["text"]), **_common(asked))
            return {"meaning": meaning, "facts": facts}
        return {"pong": True}


def _common(asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "plan": Plan.from_json(asked["plan"]),
        "kinds": [str(kind) for kind in asked["kinds"]],
        "reach": min(int(asked["reach"]), MOST),
        **({"among": [int(key) for key in asked["among"]]} if "among" in asked else {}),
    }
