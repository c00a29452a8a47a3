"""The small model that scores a piece of text: a fine-tuned sentence encoder with one head for each question."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

HEADS = ("hold", "threat", "selling", "platitude", "crisis", "plan")
"""What is asked of each piece, in the order of the model's output (training/labels.py)."""
TOKENS = 128
"""So many tokens are read at once, a longer piece in several windows: a row of full stops covers nothing behind it."""


@dataclass(frozen=True)
class Model:
    """A loaded model. It is asked one piece at a time: quantised results change with their batch mates."""

    session: onnxruntime.InferenceSession
    tokenizer: Tokenizer

    def scores(self, text: str) -> dict[str, float]:
        """The score between 0 and 1 of each head for one piece of text; its highest where it is read in windows."""
        encoded = self.tokenizer.encode(text)
        highest = np.max([self._logits(window) for window in (encoded, *encoded.overflowing)], axis=0)
        return {head: float(score) for head, score in zip(HEADS, _sigmoid(highest), strict=True)}

    def _logits(self, window: Encoding) -> np.ndarray:
        given = {
            "input_ids": np.array([window.ids], dtype=np.int64),
            "attention_mask": np.array([window.attention_mask], dtype=np.int64),
        }
        (logits,) = self.session.run(["logits"], given)
        found: np.ndarray = logits[0]
        return found


def load_model(folder: Path, *, threads: int = 2) -> Model:
    """The model in a language's folder (`model.onnx`, `tokenizer.json`).

    Args:
        folder: the language's folder.
        threads: how many cores it may use for one piece.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle cores are for the pages
    session = onnxruntime.InferenceSession(folder / "model.onnx", options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(TOKENS)
    tokenizer.no_padding()
    return Model(session, tokenizer)


def _sigmoid(logits: np.ndarray) -> np.ndarray:
    scores: np.ndarray = 1 / (1 + np.exp(-logits))
    return scores
