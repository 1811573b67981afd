"""Writes a part of a checkpoint down as an ONNX file that OpenVINO and TensorRT both take."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import TensorSpec
from engines.inference.export.forms import Form
from engines.inference.recipes import Plan

OPSET = 19  # 17 is the first with LayerNormalization as one node, without which FP16 overflows; 19 suits INT8 as well
RECIPE = 1  # raised when the same checkpoint gives other numbers than before

_BATCH = 2  # of the example: with one, the exporter may take the batch for a constant

Arrays = Mapping[str, NDArray[Any]]


def write(form: Form, plan: Plan, path: Path) -> None:
    """Export to this file and let ONNX's own checker read it. Raises InferenceError."""
    example = example_of(form, plan, _BATCH)
    tensors = tuple(torch.from_numpy(array) for array in example.values())
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
            text = f"{plan.title} could not be exported: {str(error).strip().splitlines()[0]}"
            raise InferenceError("export", text, network=plan.name) from error


def example_of(form: Form, plan: Plan, batch: int, seed: int = 5) -> dict[str, NDArray[Any]]:
    """Inputs of the right kind, the same for the same seed: pictures of noise and edges, of which all but the first do
    not fill their square, and texts of different lengths.
    """
    chance = np.random.default_rng(seed)
    return {spec.name: _MAKERS[spec.name](spec, plan, batch, chance) for spec in form.inputs}


def _pictures(spec: TensorSpec, plan: Plan, batch: int, chance: np.random.Generator) -> NDArray[Any]:
    side = int(spec.shape[1])
    coarse = chance.integers(0, 256, (batch, 8, 8, 3), dtype=np.uint8)
    large = coarse.repeat(-(-side // 8), axis=1).repeat(-(-side // 8), axis=2)[:, :side, :side]
    noise = chance.integers(-20, 21, large.shape)
    pictures: NDArray[Any] = np.clip(large + noise, 0, 255).astype(np.uint8)
    if plan.form == "detr":
        for row, (height, width) in enumerate(_shapes(batch, side)):
            pictures[row, height:] = 0
            pictures[row, :, width:] = 0
    return pictures


def _extents(spec: TensorSpec, plan: Plan, batch: int, chance: np.random.Generator) -> NDArray[Any]:
    assert plan.picture is not None
    return np.array(_shapes(batch, plan.picture.side), np.int64)


def _shapes(batch: int, side: int) -> list[tuple[int, int]]:
    """Height and width of each picture in its square: the whole, wide, tall, very wide, and so on."""
    shares = ((1, 1), (0.667, 1), (1, 0.563), (0.3, 1))
    return [(round(side * shares[row % 4][0]), round(side * shares[row % 4][1])) for row in range(batch)]


def _tokens(spec: TensorSpec, plan: Plan, batch: int, chance: np.random.Generator) -> NDArray[Any]:
    """Beginning, words, end (the greatest id), then whatever fills up; see `_mask`."""
    tokens = chance.integers(1, 300, (batch, int(spec.shape[1])))
    for row, length in enumerate(_lengths(batch, int(spec.shape[1]))):
        tokens[row, length - 1 :] = 301
    return tokens.astype(np.int64)


def _mask(spec: TensorSpec, plan: Plan, batch: int, chance: np.random.Generator) -> NDArray[Any]:
    lengths = np.array(_lengths(batch, int(spec.shape[1])))
    return (np.arange(int(spec.shape[1])) < lengths[:, None]).astype(np.int64)


def _lengths(batch: int, most: int) -> list[int]:
    return [min(most, 3 + 7 * row) for row in range(batch)]


_MAKERS = {"picture": _pictures, "extent": _extents, "tokens": _tokens, "mask": _mask}
