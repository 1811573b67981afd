"""YOLOv3-tiny (Redmon and Farhadi 2018): from Darknet's .cfg and .weights to ONNX, with NumPy alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.inference.starter_conversion.onnx_graph import FLOAT, Graph

HEADER_BYTES = 20  # the version in three numbers, and how many pictures were seen in training
EPSILON = 1e-6  # of the batch normalisation; Darknet adds it to the deviation, not to the variance
LEAK = 0.1  # slope of the leaky ReLU below zero
BOX_NUMBERS = 5  # x, y, width, height and objectness come before the classes

Section = dict[str, str]


@dataclass(frozen=True)
class Layer:
    """The tensor that a section of the .cfg gives. side: of its cells across, when the picture is a square."""

    tensor: str
    channels: int
    side: int


def read_cfg(text: str) -> tuple[Section, ...]:
    """The sections of a .cfg in order; the name of each lies under 'type'."""
    sections: list[Section] = []
    for line in (line.partition("#")[0].strip() for line in text.splitlines()):
        if line.startswith("["):
            sections.append({"type": line.strip("[]")})
        elif line:
            key, _, value = line.partition("=")
            sections[-1][key.strip()] = value.strip()
    return tuple(sections)


def build(cfg: str, weights: bytes) -> bytes:
    """ONNX: picture (batch, side, side, 3) uint8 RGB to boxes (batch, B, 4) and scores (batch, B, classes), float32.

    boxes: centre x, centre y, width, height as fractions of the picture. scores: objectness times class, 0 to 1.
    Raises ValueError if the weights do not belong to the .cfg.
    """
    head, *sections = read_cfg(cfg)
    network = _Network(int(head["width"]), _Weights(weights))
    for section in sections:
        network.add(section)
    return network.finished()


class _Weights:
    """The numbers of a .weights file, which lie in the order of the layers."""

    def __init__(self, data: bytes) -> None:
        self._numbers = np.frombuffer(data, "<f4", offset=HEADER_BYTES).astype(np.float64)
        self._at = 0

    def take(self, *shape: int) -> NDArray[np.float64]:
        """The next numbers. Raises ValueError if there are too few."""
        count = int(np.prod(shape))
        self._at += count
        return self._numbers[self._at - count : self._at].reshape(shape)

    def filters(self, shape: tuple[int, int, int, int], *, normalised: bool) -> tuple[NDArray[np.float32], ...]:
        """Weight and bias of a convolution, its batch normalisation folded in. shape: filters, channels, side, side."""
        bias, factor = self.take(shape[0]), np.ones(shape[0])
        if normalised:
            scale, mean, variance = (self.take(shape[0]) for _ in range(3))
            factor = scale / (np.sqrt(variance) + EPSILON)
            bias = bias - mean * factor
        weight = self.take(*shape) * factor[:, None, None, None]
        return weight.astype(np.float32), bias.astype(np.float32)

    @property
    def left(self) -> int:
        return len(self._numbers) - self._at


class _Network:
    """The layers so far; a section refers to earlier ones by their place or by how far back they lie."""

    def __init__(self, side: int, weights: _Weights) -> None:
        self._graph = graph = Graph("yolov3-tiny")
        self._weights = weights
        self._picture_side = side
        self._layers: list[Layer] = []
        self._boxes: list[str] = []
        self._scores: list[str] = []
        self._count = 0  # of boxes, in all cells of all heads
        self._classes = 0
        x = graph.op("Cast", graph.input("picture", np.uint8, ["batch", side, side, 3]), to=FLOAT)
        x = graph.op("Transpose", graph.op("Mul", x, np.float32(1 / 255)), perm=[0, 3, 1, 2])
        self._last = Layer(x, 3, side)

    def add(self, section: Section) -> None:
        kinds = {
            "convolutional": self._convolutional,
            "maxpool": self._maxpool,
            "route": self._route,
            "upsample": self._upsample,
            "yolo": self._yolo,
        }
        self._last = kinds[section["type"]](section)
        self._layers.append(self._last)

    def finished(self) -> bytes:
        if self._weights.left:
            raise ValueError(f"The weights have {self._weights.left} numbers more than the .cfg has use for.")
        boxes, scores = (self._graph.op("Concat", *parts, axis=1) for parts in (self._boxes, self._scores))
        self._graph.output("boxes", boxes, ["batch", self._count, 4])
        self._graph.output("scores", scores, ["batch", self._count, self._classes])
        return self._graph.serialised()

    def _convolutional(self, section: Section) -> Layer:
        last, filters, size, stride = self._last, *(int(section[key]) for key in ("filters", "size", "stride"))
        shape = (filters, last.channels, size, size)
        weight, bias = self._weights.filters(shape, normalised="batch_normalize" in section)
        x = self._graph.op(
            "Conv",
            last.tensor,
            self._graph.weights(weight),
            bias,
            kernel_shape=[size, size],
            strides=[stride, stride],
            pads=[size // 2] * 4,
        )
        if section["activation"] == "leaky":
            x = self._graph.op("LeakyRelu", x, alpha=LEAK)
        return Layer(x, filters, last.side // stride)

    def _maxpool(self, section: Section) -> Layer:
        last, size, stride = self._last, int(section["size"]), int(section["stride"])
        beyond = size - stride  # cells missing on the right and below, which never are the largest
        x = self._graph.op(
            "MaxPool", last.tensor, kernel_shape=[size, size], strides=[stride, stride], pads=[0, 0, beyond, beyond]
        )
        return Layer(x, last.channels, last.side // stride)

    def _route(self, section: Section) -> Layer:
        places = [int(place) for place in section["layers"].split(",")]
        layers = [self._layers[place] for place in places]  # negative ones count from the end, in Python too
        if len(layers) == 1:
            return layers[0]
        x = self._graph.op("Concat", *(layer.tensor for layer in layers), axis=1)
        return Layer(x, sum(layer.channels for layer in layers), layers[0].side)

    def _upsample(self, section: Section) -> Layer:
        last, stride = self._last, int(section["stride"])
        scales = np.array([1, 1, stride, stride], np.float32)
        x = self._graph.op(
            "Resize",
            last.tensor,
            "",  # no region of interest
            scales,
            mode="nearest",
            coordinate_transformation_mode="asymmetric",
            nearest_mode="floor",
        )
        return Layer(x, last.channels, last.side * stride)

    def _yolo(self, section: Section) -> Layer:
        """Boxes and scores of every cell and anchor, from (batch, anchors x (5 + classes), side, side)."""
        graph, last, classes = self._graph, self._last, int(section["classes"])
        pairs = np.array(section["anchors"].split(","), np.float32).reshape(-1, 2)
        anchors = pairs[[int(place) for place in section["mask"].split(",")]] / self._picture_side
        grid = (0, len(anchors), BOX_NUMBERS + classes, last.side * last.side)  # 0: as many as there are pictures
        x = graph.op("Reshape", last.tensor, np.array(grid, np.int64))
        x = graph.op("Transpose", x, perm=[0, 3, 1, 2])  # batch, cell, anchor, numbers
        place, size, sure, kinds = graph.split(x, [2, 2, 1, classes], axis=3)
        rows, columns = np.divmod(np.arange(last.side * last.side, dtype=np.float32), np.float32(last.side))
        cells = np.stack([columns, rows], axis=1)[:, None, :]
        centre = graph.op("Mul", graph.op("Add", graph.op("Sigmoid", place), cells), np.float32(1 / last.side))
        extent = graph.op("Mul", graph.op("Exp", size), anchors)
        score = graph.op("Mul", graph.op("Sigmoid", sure), graph.op("Sigmoid", kinds))
        boxes = graph.op("Concat", centre, extent, axis=3)
        self._count += last.side * last.side * len(anchors)
        self._classes = classes
        self._boxes.append(graph.op("Reshape", boxes, np.array([0, -1, 4], np.int64)))
        self._scores.append(graph.op("Reshape", score, np.array([0, -1, classes], np.int64)))
        return last
