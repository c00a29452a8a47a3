"""From a trained network to what the place ships: ONNX with 8-bit weights, and its tokenizer."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.network import Network

OPSET = 17


def export(network: Network, base: Path, folder: Path) -> Path:
    """Write `model.onnx` and `tokenizer.json`; the path of the model.

    Quantised per channel and with reduced range: per tensor loses too much, and full range overflows on processors
    without VNNI.
    """
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain, ready = Path(scratch) / "plain.onnx", Path(scratch) / "ready.onnx"
        example = (torch.tensor([[101, 2023, 102]]), torch.ones(1, 3, dtype=torch.int64))
        torch.onnx.export(
            network,
            example,
            str(plain),
            input_names=["input_ids", "attention_mask"],
            output_names=["logits"],
            dynamic_axes={"input_ids": {0: "b", 1: "t"}, "attention_mask": {0: "b", 1: "t"}, "logits": {0: "b"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready), str(folder / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
    shutil.copy(base / "tokenizer.json", folder / "tokenizer.json")
    return folder / "model.onnx"
