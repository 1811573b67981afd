"""Looks at how large the numbers in a network get with real pictures, so that they can be rounded to INT8 well.

Of each tensor the greatest magnitude is kept, and of every picture some hundred numbers. The limit is then where
cutting off the few that lie beyond it costs less than coarser steps would cost all others: networks for pictures have
single numbers that are a hundred times as large as the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import Card
from engines.inference.openvino_adapter import adapted
from engines.inference.runner import Arrays, batch_of
from engines.inference.silent_openvino import openvino

STEPS = 127  # to each side of 0

_SAMPLES = 512  # numbers of a tensor that are kept of each picture
_SHARES = np.linspace(0.1, 1.0, 46)  # of the greatest magnitude that are tried as the limit
_SMALLEST = 1e-4  # of a limit, so that a tensor of zeros has one

Floats = NDArray[np.float32]


class Calibration:
    """Runs a network in FP32 on the processor. tensors: names in its ONNX file. threads: cores to keep busy.

    Raises InferenceError if the network cannot be loaded, or has no such tensor.
    """

    def __init__(self, card: Card, tensors: Sequence[str], *, threads: int) -> None:
        self._card = card
        self._greatest = dict.fromkeys(tensors, 0.0)
        self._samples: dict[str, list[Floats]] = {name: [] for name in tensors}
        try:
            self._request = _compiled(card, tensors, threads).create_infer_request()
        except RuntimeError as error:
            text = f"The network {card.title} could not be loaded: {str(error).strip().splitlines()[-1]}"
            raise InferenceError("network_failed", text, network=card.name) from error

    def see(self, inputs: Arrays) -> None:
        """Look at one picture."""
        batch_of(inputs, self._card)
        self._request.infer(dict(inputs))
        first = len(self._card.outputs)
        for number, name in enumerate(self._greatest):
            greatest = float(self._request.get_output_tensor(first + 2 * number).data.item())
            self._greatest[name] = max(self._greatest[name], greatest)
            self._samples[name].append(self._request.get_output_tensor(first + 2 * number + 1).data.copy())

    def limits(self) -> dict[str, float]:
        """For each tensor the magnitude that becomes the last step."""
        return {
            name: _limit(np.abs(np.concatenate(self._samples[name])), greatest)
            for name, greatest in self._greatest.items()
        }


def _compiled(card: Card, tensors: Sequence[str], threads: int) -> openvino.CompiledModel:
    """The network for one picture, with two more outputs for each tensor: its greatest magnitude, and some numbers."""
    core, ops = openvino.Core(), openvino.opset13
    model = core.read_model(model=card.read(card.network))
    if card.adapter is not None:
        model = adapted(model, card)
    model.reshape({spec.name: [1, *spec.shape[1:]] for spec in card.inputs})
    by_name = {name: output for node in model.get_ops() for output in node.outputs() for name in output.get_names()}
    lacking = [name for name in tensors if name not in by_name]
    if lacking:
        raise InferenceError("network_card", f"{card.title} has no {lacking[0]}.", network=card.name)
    chance = np.random.default_rng(11)
    results = []
    for name in tensors:
        output = by_name[name]
        size = int(np.prod([axis.get_length() for axis in output.get_partial_shape()]))
        numbers = ops.convert(ops.reshape(output, ops.constant(np.array([size])), special_zero=False), "f32")
        places = np.sort(chance.choice(size, min(size, _SAMPLES), replace=False))
        greatest = ops.reduce_max(ops.absolute(numbers), ops.constant(np.array([0])), keep_dims=False)
        some = ops.gather(numbers, ops.constant(places), ops.constant(np.array(0)))
        results += [ops.result(greatest), ops.result(some)]
    model.add_results(results)
    options = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": threads}
    return core.compile_model(model, "CPU", options)


def _limit(magnitudes: Floats, greatest: float) -> float:
    """Where the mean square of what rounding and cutting off change is least; the greatest counts as a sample."""
    if greatest <= _SMALLEST:
        return _SMALLEST
    seen = np.append(magnitudes, np.float32(greatest))
    errors = [float(np.square(_rounded(seen, share * greatest) - seen).mean()) for share in _SHARES]
    return float(_SHARES[int(np.argmin(errors))] * greatest)


def _rounded(magnitudes: Floats, limit: float) -> Floats:
    step = limit / STEPS
    return np.asarray(np.minimum(np.rint(magnitudes / step), STEPS) * step, np.float32)
