"""Makes a network of OpenVINO calculate its convolutions in INT8, from the ranges that its numbers were seen to have.

So one file serves every precision, and INT8 costs the program some kilobytes rather than a second set of networks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.inference.silent_openvino import openvino

# By OpenVINO's name of the operation, how many axes of its weights tell the filters apart: groups come before them.
CONVOLUTIONS = {"Convolution": 1, "GroupConvolution": 2}
_STEPS = 255  # between the least and the greatest of 256 numbers
_SMALLEST = np.float32(1e-8)  # of a range, so that a filter of zeros has one

Ranges = Mapping[str, tuple[float, float]]  # of the input of each convolution, by the tensor's name in the ONNX file


def convolutions(model: openvino.Model) -> Iterator[tuple[openvino.Node, str]]:
    """Every convolution with the name of its input tensor."""
    for node in model.get_ordered_ops():
        if node.get_type_name() in CONVOLUTIONS:
            yield node, sorted(node.input_value(0).get_names())[0]


def to_int8(model: openvino.Model, ranges: Ranges) -> None:
    """Round what goes into each convolution to 256 steps, its weights filter by filter; OpenVINO then runs it in INT8.

    Raises KeyError for a convolution without a range.
    """
    for node, name in convolutions(model):
        _replace(node, 0, _rounded(node.input_value(0), *_with_zero_on_a_step(*ranges[name]), _STEPS + 1))
        values = _weights(node)
        filters = tuple(range(CONVOLUTIONS[node.get_type_name()], values.ndim))
        largest = np.maximum(np.abs(values).max(axis=filters, keepdims=True), _SMALLEST)
        _replace(node, 1, _rounded(_constant(values), -largest, largest, _STEPS))  # an odd number, so that 0 is one
    model.validate_nodes_and_infer_types()


def _with_zero_on_a_step(low: float, high: float) -> tuple[np.float32, np.float32]:
    """The range moved by less than a step, so that 0 stays 0: convolutions fill up with zeros at the edges.

    Without it YOLOv3-tiny loses one in nine of the objects that it was sure of.
    """
    step = (high - low) / _STEPS
    below = round(-low / step)
    return np.float32(-below * step), np.float32((_STEPS - below) * step)


def _weights(node: openvino.Node) -> NDArray[np.float32]:
    """The weights of a convolution, which may be stored in another type and shape."""
    source, shape = node.input_value(1).get_node(), tuple(node.input_value(1).get_shape())
    while source.get_type_name() != "Constant":
        source = source.input_value(0).get_node()
    values: NDArray[Any] = source.data
    return values.astype(np.float32).reshape(shape)


def _rounded(tensor: openvino.Output, low: Any, high: Any, steps: int) -> openvino.Node:
    return openvino.opset13.fake_quantize(tensor, low, high, low, high, steps)


def _constant(values: NDArray[np.float32]) -> openvino.Output:
    return openvino.opset13.constant(values).output(0)


def _replace(node: openvino.Node, place: int, by: openvino.Node) -> None:
    node.input(place).replace_source_output(by.output(0))
