"""all-MiniLM-L6-v2 (Wang et al. 2020; sentence-transformers 2021): from safetensors to ONNX, with NumPy alone."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engines.inference.starter_conversion.onnx_graph import FLOAT, Graph

WIDTH = 384
HEADS = 12
LAYERS = 6
POSITIONS = 256  # tokens it was trained with; its table goes on to 512
EPSILON = 1e-12

Tensors = Mapping[str, NDArray[np.float32]]


def read_safetensors(data: bytes) -> Tensors:
    """The float32 tensors of a safetensors file by name."""
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    numbers = memoryview(data)[8 + length :]
    return {
        name: np.frombuffer(numbers[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"])
        for name, entry in header.items()
        if entry.get("dtype") == "F32"
    }


def build(tensors: Tensors) -> bytes:
    """ONNX: tokens and mask (batch, length) int64 to vectors (batch, 384) float32 of length 1.

    tokens: numbers of the vocabulary, at most 256 a text. mask: 1 for a token, 0 for what fills up the row.
    """
    network = _Network(tensors)
    graph = network.graph
    tokens = graph.input("tokens", np.int64, ["batch", "length"])
    mask = graph.op("Cast", graph.input("mask", np.int64, ["batch", "length"]), to=FLOAT)
    hidden = graph.op("Unsqueeze", graph.op("Sub", mask, np.float32(1)), np.array([1, 2], np.int64))
    hidden = graph.op("Mul", hidden, np.float32(1e4))  # added to the attention, it leaves nothing of what fills up
    x = network.embedded(tokens)
    for layer in range(LAYERS):
        x = network.layer(x, hidden, f"encoder.layer.{layer}")
    graph.output("vectors", network.pooled(x, mask), ["batch", WIDTH])
    return graph.serialised()


class _Network:
    """The parts of a BERT, made from its tensors."""

    def __init__(self, tensors: Tensors) -> None:
        self.graph = Graph("minilm-l6-v2")
        self._tensors = tensors

    def embedded(self, tokens: str) -> str:
        """Words and places, (batch, length, 384)."""
        graph = self.graph
        words = graph.rows_in_bytes(self._tensors["embeddings.word_embeddings.weight"], tokens)
        places = self._tensors["embeddings.position_embeddings.weight"][:POSITIONS]
        places = places + self._tensors["embeddings.token_type_embeddings.weight"][0]  # all is one sentence
        length = graph.op("Shape", tokens, start=1, end=2)
        zero = np.array([0], np.int64)
        used = graph.op("Slice", graph.weights(places), zero, length, zero)
        return self._normalised(graph.op("Add", words, used), "embeddings.LayerNorm")

    def layer(self, x: str, hidden: str, name: str) -> str:
        """Self-attention, then two linear steps, each added to what came in."""
        graph = self.graph
        attended = self._linear(self._attention(x, hidden, f"{name}.attention.self"), f"{name}.attention.output.dense")
        x = self._normalised(graph.op("Add", attended, x), f"{name}.attention.output.LayerNorm")
        inner = graph.op("Gelu", self._linear(x, f"{name}.intermediate.dense"))
        outer = self._linear(inner, f"{name}.output.dense")
        return self._normalised(graph.op("Add", outer, x), f"{name}.output.LayerNorm")

    def pooled(self, x: str, mask: str) -> str:
        """The mean over the tokens, scaled to length 1."""
        graph = self.graph
        weights = graph.op("Unsqueeze", mask, np.array([2], np.int64))
        along = np.array([1], np.int64)
        total = graph.op("ReduceSum", graph.op("Mul", x, weights), along, keepdims=0)
        count = graph.op("Max", graph.op("ReduceSum", weights, along, keepdims=0), np.float32(1))
        mean = graph.op("Div", total, count)
        return graph.op("Div", mean, graph.op("ReduceL2", mean, along, keepdims=1))

    def _attention(self, x: str, hidden: str, name: str) -> str:
        graph = self.graph
        query, key, value = (
            self._heads(self._linear(x, f"{name}.{part}"), order)
            for part, order in (("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3]))
        )
        scores = graph.op("Mul", graph.op("MatMul", query, key), np.float32((WIDTH // HEADS) ** -0.5))
        shares = graph.op("Softmax", graph.op("Add", scores, hidden), axis=3)
        mixed = graph.op("Transpose", graph.op("MatMul", shares, value), perm=[0, 2, 1, 3])
        return graph.op("Reshape", mixed, np.array([0, 0, WIDTH], np.int64))

    def _heads(self, x: str, order: list[int]) -> str:
        split = self.graph.op("Reshape", x, np.array([0, 0, HEADS, WIDTH // HEADS], np.int64))
        return self.graph.op("Transpose", split, perm=order)

    def _linear(self, x: str, name: str) -> str:
        product = self.graph.op("MatMul", x, self.graph.weights_in_bytes(self._tensors[f"{name}.weight"].T))
        return self.graph.op("Add", product, self._tensors[f"{name}.bias"])

    def _normalised(self, x: str, name: str) -> str:
        scale, shift = self._tensors[f"{name}.weight"], self._tensors[f"{name}.bias"]
        return self.graph.op("LayerNormalization", x, scale, shift, axis=-1, epsilon=EPSILON)
