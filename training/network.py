"""The network: a sentence encoder, the mean over its tokens, and one linear head for each question."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

from training.labels import HEADS

TOKENS = 128


class Network(nn.Module):
    """An encoder with heads. Logits come out, a row for each text."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(self.encoder.config.hidden_size, len(HEADS))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """The logits, texts by heads."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        pooled = (states * mask).sum(1) / mask.sum(1)
        logits: torch.Tensor = self.head(self.drop(pooled))
        return logits


class Texts:
    """Turns texts into what the network takes."""

    def __init__(self, base: Path) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(base)

    def __call__(self, texts: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """Tokens and mask, padded to the longest of these texts."""
        encoded = self.tokenizer(texts, padding=True, truncation=True, max_length=TOKENS, return_tensors="pt")
        return encoded["input_ids"], encoded["attention_mask"]


def logits_of(network: Network, texts: Texts, given: list[str]) -> torch.Tensor:
    """The logits of many texts, in their order."""
    network.eval()
    out = torch.zeros(len(given), len(HEADS))
    by_length = sorted(range(len(given)), key=lambda i: len(given[i]))
    with torch.no_grad():
        for at in range(0, len(by_length), 64):
            chosen = by_length[at : at + 64]
            out[chosen] = network(*texts([given[i] for i in chosen]))
    return out
