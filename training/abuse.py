"""The head for open abuse: a linear model on hashed words and letters, from public sets that stay outside the project.

Only its weights are shipped (leeward/language/en/abuse.npz). The sets, with their licences:
civil_toxic_spans (CC0), jigsaw_robtest (annotations CC0, texts of Wikipedia CC BY-SA 3.0), wiki_context_toxicity
(Apache-2.0).
They contain cruel and obscene language.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from leeward.language.abuse import BUCKETS, Abuse, features
from leeward.language.rules import plain
from training.hands import Role, lines

LONGEST = 400
"""Characters of a public comment that are used: what is shipped reads sentences, and public comments are long."""
GENTLE = ("pass", "not_platitude", "crisis", "not_crisis", "ordinary")
"""Sections whose lines are shown as what is not abuse; thrice each, against many more public comments."""


def train(data: Path, language: str) -> Abuse:
    """The head, trained on the public sets in a folder and on the hands that train.

    Raises:
        FileNotFoundError: a set is not in the folder.
    """
    rows = [(text[:LONGEST], label) for text, label in public(data)]
    rows += [(line.text, 0) for line in lines(Role.TRAIN, language) if line.section in GENTLE] * 3
    matrix = _matrix([plain(text) for text, _ in rows])
    fitted = LogisticRegression(C=4.0, max_iter=200).fit(matrix, np.array([label for _, label in rows]))
    return Abuse(fitted.coef_[0].astype(np.float16), float(fitted.intercept_[0]))


def write(head: Abuse, folder: Path) -> None:
    """Keep the weights where the place looks for them."""
    np.savez_compressed(folder / "abuse.npz", weights=head.weights, bias=np.float32(head.bias))


def public(data: Path) -> Iterator[tuple[str, int]]:
    """Texts of the public sets, and whether each is abusive."""
    for text, label in _csv(data / "jigsaw_robtest" / "test.csv.gz"):
        yield text, int(label)
    for name, at in (("gc", 3), ("gn", 2)):
        for row in list(_csv(data / "wiki_context_toxicity" / f"{name}.csv.gz"))[1:]:
            yield row[1], int(row[at] == "1")
    for spans, text in list(_csv(data / "civil_toxic_spans" / "tsd_train.csv.gz"))[1:]:
        if spans != "[]":
            yield text, 1


def _csv(path: Path) -> Iterator[list[str]]:
    csv.field_size_limit(1 << 30)
    with gzip.open(path, "rb") as file:
        yield from csv.reader(io.TextIOWrapper(file, encoding="utf-8", newline=""))


def _matrix(sentences: list[str]) -> csr_matrix:
    columns: list[int] = []
    ends, values = [0], []
    for sentence in sentences:
        found = sorted(set(features(sentence)))
        columns += found
        values += [1 / np.sqrt(len(found) or 1)] * len(found)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(sentences), BUCKETS))
