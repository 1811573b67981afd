"""Writes a part of a checkpoint down as an ONNX file that OpenVINO and TensorRT both take."""

from __future__ import annotations

import warnings
from pathlib import Path

import onnx
import torch

from engines.errors import InferenceError
from engines.inference.catalogue import Card
from engines.inference.examples import example
from engines.inference.export.forms import Form

OPSET = 19  # 17 is the first with LayerNormalization as one node, without which FP16 overflows; 19 suits INT8 as well
RECIPE = 1  # raised when the same checkpoint gives other numbers than before

_BATCH = 2  # of the example: with one, the exporter may take the batch for a constant


def write(form: Form, card: Card, path: Path) -> None:
    """Export to this file and let ONNX's own checker read it. card: as far as it is known. Raises InferenceError."""
    tensors = tuple(torch.from_numpy(array) for array in example(card, _BATCH).values())
    names = [spec.name for spec in (*form.inputs, *form.outputs)]
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of itself, and of every shape that it takes for a constant
        try:
            torch.onnx.export(
                form.module,
                tensors,
                str(path),
                dynamo=False,
                opset_version=OPSET,
                input_names=[spec.name for spec in form.inputs],
                output_names=[spec.name for spec in form.outputs],
                dynamic_axes={name: {0: "batch"} for name in names},
            )
            onnx.checker.check_model(str(path), full_check=True)
        except (RuntimeError, ValueError, TypeError, onnx.checker.ValidationError) as error:
            text = f"{card.title} could not be exported: {str(error).strip().splitlines()[0]}"
            raise InferenceError("export", text, network=card.name) from error
