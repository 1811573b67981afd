"""EfficientNet-Lite2 (Tan and Le 2019; the Lite variants by Renjie Liu 2020): from a checkpoint to ONNX."""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engines.inference.starter_conversion.onnx_graph import FLOAT, Graph

SIDE = 260  # px
LABELS = 1000
MEAN, SCALE = 127.0, 128.0  # input is (x - MEAN) / SCALE, as it was trained
EPSILON = 1e-3  # of the batch normalisation
STRIDE_2 = {1, 4, 7, 15}  # blocks that halve the picture: the first of the stages 2, 3, 4 and 6

Tensors = Mapping[str, NDArray[np.float32]]


def read_checkpoint(data: bytes) -> Tensors:
    """The tensors of a PyTorch checkpoint by name. Runs nothing that it holds."""
    import torch

    state = torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)
    return {name: tensor.numpy() for name, tensor in state.items()}


def build(tensors: Tensors) -> bytes:
    """ONNX: picture (batch, 260, 260, 3) uint8 RGB to probabilities (batch, 1000) float32."""
    network = _Network(tensors)
    graph = network.graph
    x = graph.op("Cast", graph.input("picture", np.uint8, ["batch", SIDE, SIDE, 3]), to=FLOAT)
    x = graph.op("Mul", graph.op("Sub", x, np.float32(MEAN)), np.float32(1 / SCALE))
    x = graph.op("Transpose", x, perm=[0, 3, 1, 2])
    x = network.relu6(network.convolution(x, "_conv_stem", "_bn0", stride=2))
    block = 0
    while f"_blocks.{block}._project_conv.weight" in tensors:
        x = network.block(x, f"_blocks.{block}", 2 if block in STRIDE_2 else 1)
        block += 1
    x = network.relu6(network.convolution(x, "_conv_head", "_bn1"))
    x = graph.op("Flatten", graph.op("GlobalAveragePool", x))
    x = graph.op("MatMul", x, graph.weights(tensors["_fc.weight"].T))
    x = graph.op("Softmax", graph.op("Add", x, tensors["_fc.bias"]), axis=1)
    graph.output("probabilities", x, ["batch", LABELS])
    return graph.serialised()


class _Network:
    """The graph with the size of the picture as it shrinks from layer to layer."""

    def __init__(self, tensors: Tensors) -> None:
        self.graph = Graph("efficientnet-lite2")
        self._tensors = tensors
        self._side = SIDE

    def relu6(self, x: str) -> str:
        return self.graph.op("Clip", x, np.float32(0), np.float32(6))

    def convolution(self, x: str, name: str, norm: str, stride: int = 1) -> str:
        """A convolution with its batch normalisation folded in, padded as TensorFlow's SAME does."""
        weight, bias = self._folded(name, norm)
        kernel = weight.shape[2]
        side = -(-self._side // stride)
        padding = max((side - 1) * stride + kernel - self._side, 0)
        self._side = side
        return self.graph.op(
            "Conv",
            x,
            self.graph.weights(weight),
            bias,
            kernel_shape=[kernel, kernel],
            strides=[stride, stride],
            pads=[padding // 2, padding // 2, padding - padding // 2, padding - padding // 2],
            # One channel a filter means depthwise, except where the picture comes in with its three.
            group=weight.shape[0] if weight.shape[1] == 1 else 1,
        )

    def block(self, x: str, name: str, stride: int) -> str:
        """An inverted residual block: widen, filter each channel, narrow; added to its input where sizes agree."""
        inner = x
        if f"{name}._expand_conv.weight" in self._tensors:
            inner = self.relu6(self.convolution(inner, f"{name}._expand_conv", f"{name}._bn0"))
        inner = self.relu6(self.convolution(inner, f"{name}._depthwise_conv", f"{name}._bn1", stride))
        inner = self.convolution(inner, f"{name}._project_conv", f"{name}._bn2")
        return self.graph.op("Add", inner, x) if stride == 1 and self._keeps_channels(name) else inner

    def _keeps_channels(self, name: str) -> bool:
        expand = self._tensors.get(f"{name}._expand_conv.weight", self._tensors[f"{name}._depthwise_conv.weight"])
        project = self._tensors[f"{name}._project_conv.weight"]
        channels = expand.shape[1] if f"{name}._expand_conv.weight" in self._tensors else expand.shape[0]
        return bool(channels == project.shape[0])

    def _folded(self, name: str, norm: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        scale, mean, variance, shift = (
            self._tensors[f"{norm}.{part}"].astype(np.float64)
            for part in ("weight", "running_mean", "running_var", "bias")
        )
        factor = scale / np.sqrt(variance + EPSILON)
        weight = self._tensors[f"{name}.weight"] * factor[:, None, None, None]
        return weight.astype(np.float32), (shift - mean * factor).astype(np.float32)
