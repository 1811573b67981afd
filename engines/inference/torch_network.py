"""A network's ONNX file as PyTorch runs it: the same weights through the same operators, in FP32.

It knows the operators that our own networks are made of. What depends on weights alone is calculated once, while the
network is read, so that weights stored as FP16 or INT8 cost nothing later. torch and onnx are imported where they are
used: the program itself needs neither.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import Card
from engines.inference.extras import install_command
from engines.inference.runner import Arrays, batch_of

if TYPE_CHECKING:
    from torch import Tensor

Attributes = Mapping[str, Any]
Operator = Callable[..., Any]  # tensors, in the order of the inputs, then attributes by name

_TYPES = {1: "float32", 7: "int64"}  # ONNX's numbers of those that networks cast to
_NEEDED = ("torch", "onnx")


@dataclass(frozen=True, slots=True)
class _Step:
    """One operator. done_with: tensors that no later step reads, so that their memory is free for those to come."""

    run: Operator
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Attributes
    done_with: tuple[str, ...] = ()


def why_not() -> str | None:
    """What PyTorch lacks to run here; None where nothing does."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    return f"{' and '.join(missing)} not installed; {install_command('nvidia')} brings it" if missing else None


class TorchReference:
    """A network with PyTorch on the processor, in FP32; fulfils `Runner`. For comparisons: nothing else runs it.

    threads: cores to keep busy, for all networks of PyTorch in this process.
    """

    precision = "fp32"

    def __init__(self, card: Card, *, threads: int) -> None:
        self.card = card
        self._threads = threads
        self._network: TorchNetwork | None = None

    def load(self) -> None:
        import torch

        torch.set_num_threads(self._threads)
        self._network = TorchNetwork(self.card.read(self.card.network))

    def run(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        import torch

        if self._network is None:
            raise RuntimeError(f"{self.card.title} was not loaded.")
        batch_of(inputs, self.card)
        found = self._network({name: torch.from_numpy(array) for name, array in inputs.items()})
        return {name: tensor.numpy() for name, tensor in found.items()}

    def free(self) -> None:
        self._network = None


class TorchNetwork:
    """A network in this process. data: the ONNX file. device: as PyTorch names it.

    Raises InferenceError for an operator that is not known here.
    """

    def __init__(self, data: bytes, device: str = "cpu") -> None:
        import onnx
        import torch
        from onnx import numpy_helper

        graph = onnx.load_from_string(data).graph
        weights = {one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in graph.initializer}
        self._outputs = [one.name for one in graph.output]
        with torch.inference_mode():
            self._weights, steps = _calculated(weights, map(_step, graph.node))
        self._weights = {name: weight.to(device) for name, weight in self._weights.items()}
        self._steps = _freeing(steps, self._weights, self._outputs)

    def __call__(self, inputs: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """The outputs by name. inputs: of the types and shapes that the network's card says."""
        import torch

        values = {**self._weights, **inputs}
        with torch.inference_mode():
            for step in self._steps:
                _run(step, values)
                for name in step.done_with:
                    del values[name]
        return {name: values[name] for name in self._outputs}


def _step(node: Any) -> _Step:
    from onnx.helper import get_attribute_value

    if node.op_type not in _OPERATORS:
        raise InferenceError("torch_operator", f"PyTorch is not told here how to do {node.op_type} of ONNX.")
    attributes = {one.name: get_attribute_value(one) for one in node.attribute}
    return _Step(_OPERATORS[node.op_type], tuple(node.input), tuple(node.output), attributes)


def _run(step: _Step, values: dict[str, Any]) -> None:
    found = step.run(*(values[name] if name else None for name in step.inputs), **step.attributes)
    values.update(zip(step.outputs, found if len(step.outputs) > 1 else (found,), strict=True))


def _calculated(weights: dict[str, Tensor], steps: Iterable[_Step]) -> tuple[dict[str, Tensor], list[_Step]]:
    """The weights with all that follows from them alone, and the steps that are left."""
    left = []
    for step in steps:
        if all(name in weights for name in step.inputs if name):
            _run(step, weights)
        else:
            left.append(step)
    read = {name for step in left for name in step.inputs}
    return {name: weight for name, weight in weights.items() if name in read}, left


def _freeing(steps: Sequence[_Step], weights: Mapping[str, Tensor], outputs: Sequence[str]) -> list[_Step]:
    """The steps, each with what it is the last to read."""
    kept, found = {*weights, *outputs, ""}, []
    for step in reversed(steps):
        last = tuple(name for name in dict.fromkeys(step.inputs) if name not in kept)
        kept.update(last)
        found.append(_Step(step.run, step.inputs, step.outputs, step.attributes, last))
    return found[::-1]


def _cast(x: Tensor, *, to: int) -> Tensor:
    import torch

    kind: torch.dtype = getattr(torch, _TYPES[to])
    return x.to(kind)


def _conv(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    pads: Sequence[int],
    strides: Sequence[int],
    group: int = 1,
    kernel_shape: Sequence[int] = (),
) -> Tensor:
    from torch.nn import functional

    top, left, bottom, right = pads
    if (top, left) == (bottom, right):
        return functional.conv2d(x, weight, bias, tuple(strides), (top, left), groups=group)
    return functional.conv2d(functional.pad(x, (left, right, top, bottom)), weight, bias, tuple(strides), groups=group)


def _max_pool(x: Tensor, *, kernel_shape: Sequence[int], pads: Sequence[int], strides: Sequence[int]) -> Tensor:
    from torch.nn import functional

    if any(pads):
        top, left, bottom, right = pads
        x = functional.pad(x, (left, right, top, bottom), value=float("-inf"))
    return functional.max_pool2d(x, tuple(kernel_shape), tuple(strides))


def _leaky_relu(x: Tensor, *, alpha: float) -> Tensor:
    from torch.nn import functional

    return functional.leaky_relu(x, alpha)


def _resize(
    x: Tensor,
    roi: Tensor | None,
    scales: Tensor,
    *,
    mode: bytes,
    coordinate_transformation_mode: bytes,
    nearest_mode: bytes,
) -> Tensor:
    """Of the ways that ONNX knows the one that PyTorch means by 'nearest'."""
    from torch.nn import functional

    assert (mode, coordinate_transformation_mode, nearest_mode) == (b"nearest", b"asymmetric", b"floor")
    return functional.interpolate(x, scale_factor=scales.tolist()[2:], mode="nearest")


def _reshape(x: Tensor, shape: Tensor) -> Tensor:
    """0 stands for the size that there was."""
    return x.reshape([size or x.shape[axis] for axis, size in enumerate(shape.tolist())])


def _concat(*parts: Tensor, axis: int) -> Tensor:
    import torch

    return torch.cat(parts, axis)


def _shape(x: Tensor, *, start: int, end: int) -> Tensor:
    import torch

    return torch.tensor(x.shape[start:end])


def _slice(x: Tensor, starts: Tensor, ends: Tensor, axes: Tensor) -> Tensor:
    for start, end, axis in zip(starts.tolist(), ends.tolist(), axes.tolist(), strict=True):
        x = x.narrow(axis, start, end - start)
    return x


def _gather(x: Tensor, rows: Tensor) -> Tensor:
    return x[rows]


def _unsqueeze(x: Tensor, axes: Tensor) -> Tensor:
    for axis in sorted(axes.tolist()):
        x = x.unsqueeze(axis)
    return x


def _layer_normalization(x: Tensor, scale: Tensor, shift: Tensor, *, axis: int, epsilon: float) -> Tensor:
    from torch.nn import functional

    return functional.layer_norm(x, x.shape[axis:], scale, shift, epsilon)


def _gelu(x: Tensor) -> Tensor:
    from torch.nn import functional

    return functional.gelu(x)


_OPERATORS: Mapping[str, Operator] = {
    "Add": operator.add,
    "Cast": _cast,
    "Clip": lambda x, low, high: x.clamp(low, high),
    "Concat": _concat,
    "Conv": _conv,
    "Div": operator.truediv,
    "Exp": lambda x: x.exp(),
    "Flatten": lambda x: x.flatten(1),
    "Gather": _gather,
    "Gelu": _gelu,
    "GlobalAveragePool": lambda x: x.mean((2, 3), keepdim=True),
    "Identity": lambda x: x,
    "LayerNormalization": _layer_normalization,
    "LeakyRelu": _leaky_relu,
    "MatMul": operator.matmul,
    "Max": lambda x, other: x.maximum(other),
    "MaxPool": _max_pool,
    "Mul": operator.mul,
    "ReduceL2": lambda x, axes, *, keepdims: x.norm(dim=axes.tolist(), keepdim=bool(keepdims)),
    "ReduceSum": lambda x, axes, *, keepdims: x.sum(axes.tolist(), keepdim=bool(keepdims)),
    "Reshape": _reshape,
    "Resize": _resize,
    "Shape": _shape,
    "Sigmoid": lambda x: x.sigmoid(),
    "Slice": _slice,
    "Softmax": lambda x, *, axis: x.softmax(axis),
    "Split": lambda x, sizes, *, axis: x.split(sizes.tolist(), axis),
    "Sub": operator.sub,
    "Transpose": lambda x, *, perm: x.permute(perm),
    "Unsqueeze": _unsqueeze,
}
