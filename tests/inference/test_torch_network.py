"""PyTorch says of real photos and texts what OpenVINO says, from the same files: a reference that can be trusted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import starter_cards
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.prepare import prepare
from engines.inference.runner import Arrays, Runner
from engines.inference.starter_conversion.onnx_graph import Graph
from engines.inference.text import TextTower
from engines.inference.torch_network import TorchNetwork, TorchReference, why_not
from engines.media.open_file import open_file

pytestmark = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))

PHOTOS = ("DSCN0010.jpg", "Canon PowerShot A20.jpg", "thompson-springs.jpg")
TEXTS = ("dog", "two people at a table with something to drink", "a red car beside a house in the snow")


def both(name: str) -> tuple[Runner, Runner]:
    card = starter_cards()[name]
    runners = TorchReference(card, threads=2), OpenVinoRunner(card, threads=2, precision="fp32")
    for runner in runners:
        runner.load()
    return runners


def squares(name: str, media_folder: Path) -> Arrays:
    frames = [open_file(str(media_folder / "photos" / photo)).frame for photo in PHOTOS]
    return {"picture": np.stack([prepare(frame.pixels, starter_cards()[name]) for frame in frames])}


def least_cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Of any picture's or text's row."""
    one, other = one.reshape(len(one), -1), other.reshape(len(other), -1)
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return float(((one * other).sum(axis=1) / lengths).min())


@pytest.mark.parametrize("name", ["efficientnet-lite2", "yolov3-tiny"])
def test_pictures_get_the_same_answers(name: str, media_folder: Path) -> None:
    torch, openvino = (runner.run(squares(name, media_folder)) for runner in both(name))
    assert torch.keys() == openvino.keys()
    for output, values in torch.items():
        assert values.shape == openvino[output].shape
        assert least_cosine(values, openvino[output]) >= 0.999


def test_texts_get_the_same_vectors() -> None:
    torch, openvino = (TextTower(runner).encode(TEXTS) for runner in both("minilm-l6-v2"))
    assert least_cosine(torch, openvino) >= 0.999


def test_it_checks_what_it_is_given_like_every_back_end() -> None:
    runner = TorchReference(starter_cards()["yolov3-tiny"], threads=1)
    runner.load()
    with pytest.raises(InferenceError, match=r"takes \(1, 416"):
        runner.run({"picture": np.zeros((1, 10, 10, 3), np.uint8)})


def test_an_operator_that_it_does_not_know_is_named() -> None:
    graph = Graph("other")
    graph.output("y", graph.op("Tan", graph.input("x", np.float32, ["batch"])), ["batch"])
    with pytest.raises(InferenceError, match="Tan"):
        TorchNetwork(graph.serialised())
