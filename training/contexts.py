"""Lines as they stand in longer texts: pieces of ordinary ones, and a cruel one among ordinary ones.

The reader looks at a long text piece by piece. What is warm as a whole has pieces that sound hard alone ("You knew, and
you waited"), and what is cruel may stand between two kind sentences: both have to be learned.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from leeward.language.sentences import pieces_of, sentences_of
from training.hands import Line

SHORTEST = 4
"""Words of the shortest sentence that is learned by itself."""
EMBEDDED = 1200
"""How many cruel lines are put among ordinary sentences of the same hand."""


def pieces(ordinary: Sequence[Line]) -> list[Line]:
    """The sentences and the pieces of ordinary texts, each as an ordinary line."""
    found = []
    for line in ordinary:
        sentences = sentences_of(line.text)
        texts = dict.fromkeys(piece.text for piece in [*sentences, *pieces_of(sentences, line.text)])
        found += [Line(line.hand, "ordinary", text) for text in texts if len(text.split()) >= SHORTEST]
    return found


def embedded(lines: Sequence[Line], seed: int) -> list[Line]:
    """Cruel lines among ordinary sentences of the same hand, each still of its own section."""
    chance = random.Random(seed)
    ordinary: dict[str, list[str]] = {}
    for line in lines:
        if line.section == "ordinary":
            ordinary.setdefault(line.hand, []).extend(s.text for s in sentences_of(line.text))
    cruel = [line for line in lines if line.section in {"hold", "threat", "selling"}]
    found = []
    for line in chance.sample(cruel, min(EMBEDDED, len(cruel))):
        before, after = chance.choice(ordinary[line.hand]), chance.choice(ordinary[line.hand])
        text = chance.choice([f"{before} {line.text}", f"{line.text} {after}", f"{before} {line.text} {after}"])
        found.append(Line(line.hand, line.section, text))
    return found
