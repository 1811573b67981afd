"""Writes a network once more so that its convolutions and linear layers are calculated in INT8.

Before each of them the ONNX file says how to round what goes in, and its weights are stored rounded, filter by filter:
the form that TensorRT and OpenVINO both read as INT8. What is in between stays FP16, and so does what costs next to
nothing, such as the last layers, whose errors nothing evens out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from engines.inference.calibration import STEPS

_WORTH = 0.0005  # of all multiplications of the network; a layer with fewer stays as it is
_BATCH = 1  # where the graph leaves it open
_LEAST_SCALE = 6e-8  # the smallest number of FP16


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution or linear layer. given: the tensor that goes in. weights: their name; axis: that tells filters
    apart. cost: multiplications for one picture.
    """

    node: Any
    given: str
    weights: str
    axis: int
    cost: int


def tensors(network: Path) -> tuple[str, ...]:
    """Names of the tensors whose limits have to be known, each once."""
    return tuple(dict.fromkeys(layer.given for layer in _layers(onnx.load(str(network)))))


def write(network: Path, target: Path, limits: Mapping[str, float]) -> None:
    """Write the network in INT8. limits: for each of `tensors` the magnitude that becomes the last step.

    Raises KeyError for one without a limit, onnx.checker.ValidationError if the result is no network.
    """
    model = onnx.load(str(network))
    graph, weights = model.graph, _weights(model)
    before: dict[str, list[Any]] = {}  # nodes to be put in, by what the node gives that needs them first
    rounded: dict[tuple[str, int], str] = {}
    for layer in _layers(model):
        nodes = before.setdefault(layer.node.output[0], [])
        for place, key in enumerate(((layer.given, -1), (layer.weights, layer.axis))):
            if key not in rounded:
                made = _round_weights(graph, weights[key[0]], *key) if place else None
                made = made or _round_tensor(graph, key[0], limits[key[0]], weights[layer.weights].dtype)
                rounded[key] = made[-1].output[0]
                nodes += made
            layer.node.input[place] = rounded[key]
    ordered = [one for node in graph.node for one in (*before.get(node.output[0], ()), node)]
    del graph.node[:]
    graph.node.extend(ordered)
    _drop_unused(graph)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def _layers(model: Any) -> list[Layer]:
    """Those that are worth it."""
    found = list(_all_layers(model))
    total = sum(layer.cost for layer in found)
    return [layer for layer in found if layer.cost >= _WORTH * total]


def _all_layers(model: Any) -> Iterator[Layer]:
    weights = _weights(model)
    shapes = _shapes(model)
    for node in model.graph.node:
        if node.op_type not in ("Conv", "MatMul", "Gemm") or node.input[1] not in weights:
            continue
        array, axis = weights[node.input[1]], _axis(node, weights[node.input[1]])
        out = shapes.get(node.output[0])
        if out is None or array.ndim < 2:
            continue
        cost = int(np.prod(out)) * (array.size // array.shape[axis])
        yield Layer(node, node.input[0], node.input[1], axis, cost)


def _axis(node: Any, weights: NDArray[Any]) -> int:
    """Which axis of the weights is that of the filters, or of what comes out."""
    if node.op_type == "Conv":
        return 0
    is_turned = any(one.name == "transB" and one.i for one in node.attribute)
    return 0 if is_turned else weights.ndim - 1


def _weights(model: Any) -> dict[str, NDArray[Any]]:
    """By name: initialisers, constants among the nodes, and either of them after a change of type."""
    found = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "Constant" and node.attribute[0].name == "value":
            found[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
        if node.op_type == "Cast" and node.input[0] in found:
            found[node.output[0]] = found[node.input[0]].astype(helper.tensor_dtype_to_np_dtype(node.attribute[0].i))
    return {name: array for name, array in found.items() if array.dtype in (np.float16, np.float32)}


def _shapes(model: Any) -> dict[str, tuple[int, ...]]:
    inferred = onnx.shape_inference.infer_shapes(model, data_prop=True).graph
    return {
        one.name: tuple(axis.dim_value or _BATCH for axis in one.type.tensor_type.shape.dim)
        for one in (*inferred.value_info, *inferred.output)
    }


def _round_tensor(graph: Any, name: str, limit: float, dtype: np.dtype[Any]) -> list[Any]:
    """Nodes that round this tensor and take it back; the last one's output is the rounded."""
    scale = np.array(max(limit / STEPS, _LEAST_SCALE), dtype)
    graph.initializer.extend(
        (numpy_helper.from_array(scale, f"{name}/scale"), numpy_helper.from_array(np.int8(0), f"{name}/zero"))
    )
    given = (f"{name}/scale", f"{name}/zero")
    return [
        helper.make_node("QuantizeLinear", [name, *given], [f"{name}/int8"], f"{name}/quantize"),
        helper.make_node("DequantizeLinear", [f"{name}/int8", *given], [f"{name}/rounded"], f"{name}/dequantize"),
    ]


def _round_weights(graph: Any, weights: NDArray[Any], name: str, axis: int) -> list[Any]:
    """The same for weights, which are stored rounded; each filter has steps of its own."""
    others = tuple(place for place in range(weights.ndim) if place != axis)
    greatest = np.abs(weights.astype(np.float32)).max(axis=others)
    scale = np.maximum(greatest / STEPS, _LEAST_SCALE).astype(weights.dtype)
    steps = scale.astype(np.float32).reshape([-1 if place == axis else 1 for place in range(weights.ndim)])
    values = np.clip(np.rint(weights.astype(np.float32) / steps), -STEPS, STEPS).astype(np.int8)
    label = f"{name}/{axis}"
    graph.initializer.extend((
        numpy_helper.from_array(values, f"{label}/int8"),
        numpy_helper.from_array(scale, f"{label}/scale"),
        numpy_helper.from_array(np.zeros(scale.shape, np.int8), f"{label}/zero"),
    ))  # fmt: skip
    given = [f"{label}/int8", f"{label}/scale", f"{label}/zero"]
    return [helper.make_node("DequantizeLinear", given, [f"{label}/rounded"], f"{label}/dequantize", axis=axis)]


def _drop_unused(graph: Any) -> None:
    """Weights that are stored rounded now, and what made them."""
    used = {one.name for one in graph.output}
    nodes = []
    for node in reversed(graph.node):
        if not used.isdisjoint(node.output):
            used.update(node.input)
            nodes.append(node)
    weights = [one for one in graph.initializer if one.name in used]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(reversed(nodes))
    graph.initializer.extend(weights)
