"""Turning a text into a direction in space, so that texts that mean alike point alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from leeward.language.folders import language_folder

TOKENS = 128
"""So many tokens, about ninety words, are taken into one vector; a longer text has one for each window of as many."""


@dataclass(frozen=True)
class Embedder:
    """A loaded sentence encoder. It is asked one window at a time: quantised vectors change with their batch mates."""

    session: onnxruntime.InferenceSession
    tokenizer: Tokenizer

    def embed(self, text: str) -> np.ndarray:
        """The vector of a text's first window: float32, 384 numbers, unit length."""
        return self._vector(self.tokenizer.encode(text))

    def embed_windows(self, text: str, most: int) -> np.ndarray:
        """The vectors of a text's windows, in their order: float32, windows × 384, each of unit length.

        Args:
            text: of any length.
            most: so many windows from its beginning, at the most.
        """
        whole = self.tokenizer.encode(text)
        return np.stack([self._vector(window) for window in [whole, *whole.overflowing][:most]])

    def _vector(self, window: Encoding) -> np.ndarray:
        given = {
            "input_ids": np.array([window.ids], dtype=np.int64),
            "attention_mask": np.array([window.attention_mask], dtype=np.int64),
        }
        if len(self.session.get_inputs()) > len(given):  # an encoder that also asks which of two texts a word is in
            given["token_type_ids"] = np.zeros_like(given["input_ids"])
        (vectors,) = self.session.run(["emb"], given)
        vector: np.ndarray = vectors[0]
        return vector


def load_embedder(language: str, *, threads: int = 2) -> Embedder:
    """The embedder of a language (`embedder.onnx`, `tokenizer.json`).

    Args:
        language: its code; of "en-gb" the folder "en" serves.
        threads: how many cores it may use for one window.

    Raises:
        LookupError: the language has none.
    """
    folder = language_folder(language)
    model = folder / "embedder.onnx"
    if not model.exists():
        raise LookupError(f"There is no embedder for the language {language!r}.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle cores are for the pages
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(TOKENS)
    tokenizer.no_padding()
    return Embedder(session, tokenizer)
