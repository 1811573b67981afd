"""The starter networks say what their originals say: about real photos, through our own decoding and preparing.

The originals' outputs lie in data/, with the script that made them. FP16 means how weights are stored; fp32 is what is
calculated in, so that the figures are the same on every processor. bf16 and INT8 are looser, as their 8 bits are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.inference.catalogue import starter_cards
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.prepare import prepare
from engines.inference.text import TextTower
from engines.media.open_file import open_file
from engines.types import Pixels

DATA = Path(__file__).with_name("data")
SURE = 0.25  # score of a box that a person would be shown

Floats = NDArray[np.float32]
Original = dict[str, NDArray[Any]]
# Of each precision: least cosine of the labels' logits, share of photos with the same best label, least cosine of the
# texts' vectors, least intersection over union of a sure box, most that its score is off.
BARS = {
    "fp32": (0.999, 0.99, 0.999, 0.95, 0.01),
    "bf16": (0.99, 0.9, 0.998, 0.9, 0.1),
    "int8": (0.98, 0.9, 0.997, 0.7, 0.2),
}


def original(name: str) -> Original:
    with np.load(DATA / f"{name}.npz", allow_pickle=False) as file:
        return dict(file)


@contextmanager
def loaded(name: str, precision: str) -> Iterator[OpenVinoRunner]:
    runner = OpenVinoRunner(starter_cards()[name], threads=2, precision=precision)
    runner.load()
    if runner.precision != precision:
        pytest.skip(f"this processor does not calculate in {precision}")
    yield runner
    runner.free()


@pytest.fixture(scope="module")
def frames(media_folder: Path) -> list[Pixels]:
    """The photos of the references as a worker sees them."""
    return [open_file(str(media_folder / "photos" / name)).frame.pixels for name in original("labels")["names"]]


def cosines(first: Floats, second: Floats) -> Floats:
    product = (first * second).sum(axis=1)
    return np.asarray(product / np.linalg.norm(first, axis=1) / np.linalg.norm(second, axis=1), np.float32)


def overlaps(first: Floats, second: Floats) -> Floats:
    """Intersection over union of boxes (N, 4) centre x, centre y, width, height."""
    starts = np.maximum(first[:, :2] - first[:, 2:] / 2, second[:, :2] - second[:, 2:] / 2)
    ends = np.minimum(first[:, :2] + first[:, 2:] / 2, second[:, :2] + second[:, 2:] / 2)
    common = np.prod(np.maximum(ends - starts, 0), axis=1)
    return np.asarray(common / (np.prod(first[:, 2:], axis=1) + np.prod(second[:, 2:], axis=1) - common), np.float32)


@pytest.mark.parametrize("precision", BARS)
def test_photos_get_the_labels_of_the_original(frames: list[Pixels], precision: str) -> None:
    least, same, *_ = BARS[precision]
    with loaded("efficientnet-lite2", precision) as runner:
        squares = np.stack([prepare(frame, runner.card) for frame in frames])
        found = runner.run({"picture": squares})["probabilities"]
    logits = original("labels")["logits"]
    ours = np.log(np.maximum(found, 1e-30))  # logits but for a constant, which centring takes away from both
    centred = (values - values.mean(axis=1, keepdims=True) for values in (ours, logits))
    assert cosines(*centred).min() >= least
    assert (found.argmax(axis=1) == logits.argmax(axis=1)).mean() >= same


@pytest.mark.parametrize("precision", BARS)
def test_objects_are_where_the_original_sees_them(frames: list[Pixels], precision: str) -> None:
    *_, least, most = BARS[precision]
    with loaded("yolov3-tiny", precision) as runner:
        squares = np.stack([prepare(frame, runner.card) for frame in frames])
        found = runner.run({"picture": squares})
    wanted = original("objects")
    boxes = found["boxes"][wanted["photo"], wanted["place"]]
    scores = found["scores"][wanted["photo"], wanted["place"]]
    sure = wanted["scores"].max(axis=1) >= SURE
    assert sure.sum() > 150
    assert overlaps(boxes, wanted["boxes"])[sure].min() >= least
    assert np.abs(scores - wanted["scores"]).max() <= most
    assert (scores.argmax(axis=1) == wanted["scores"].argmax(axis=1))[sure].all()


@pytest.mark.parametrize("precision", BARS)
def test_texts_mean_what_the_original_takes_them_for(precision: str) -> None:
    least = BARS[precision][2]
    wanted = original("text")
    with loaded("minilm-l6-v2", precision) as runner:
        found = TextTower(runner).encode([str(text) for text in wanted["texts"]])
    assert cosines(found, wanted["vectors"]).min() >= least
