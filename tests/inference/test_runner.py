"""What does not fit a network is told before it runs: the tensor, what came, what was expected."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import starter_cards
from engines.inference.runner import Runner, batch_of
from tests.echo_runner import EchoRunner

PICTURES = starter_cards()["yolov3-tiny"]
TEXTS = starter_cards()["minilm-l6-v2"]


def pictures(count: int, side: int = 416, dtype: Any = np.uint8) -> NDArray[Any]:
    return np.zeros((count, side, side, 3), dtype)


def ids(*shape: int) -> NDArray[np.int64]:
    return np.zeros(shape, np.int64)


def test_a_fitting_batch_is_counted() -> None:
    assert batch_of({"picture": pictures(3)}, PICTURES) == 3


@pytest.mark.parametrize(("inputs", "fault"), [
    ({}, "was given nothing where it takes 'picture'"),
    ({"image": pictures(1)}, "was given 'image' where it takes 'picture'"),
    ({"picture": pictures(1), "more": pictures(1)}, "was given 'more' and 'picture' where it takes 'picture'"),
    ({"picture": pictures(1, dtype=np.float32)}, "was given 'picture' as float32 where it takes uint8"),
    ({"picture": pictures(2, 260)}, "was given 'picture' of shape (2, 260, 260, 3) where it takes (2, 416, 416, 3)"),
    ({"picture": pictures(1)[0]}, "was given 'picture' of shape (416, 416, 3) where it takes (batch, 416, 416, 3)"),
    ({"picture": pictures(0)}, "was given a batch of 0 where it takes 1 to 256"),
    ({"picture": np.broadcast_to(pictures(1), (257, 416, 416, 3))}, "was given a batch of 257 where it takes 1 to 256"),
])  # fmt: skip
def test_a_batch_that_does_not_fit_is_told(inputs: dict[str, NDArray[Any]], fault: str) -> None:
    with pytest.raises(InferenceError) as told:
        batch_of(inputs, PICTURES)
    assert str(told.value) == f"The network YOLOv3-tiny {fault}."


def test_tensors_must_agree_in_an_open_size() -> None:
    with pytest.raises(InferenceError, match=r"'mask' of shape \(2, 6\) where it takes \(2, 5\)"):
        batch_of({"tokens": ids(2, 5), "mask": ids(2, 6)}, TEXTS)


def test_the_runner_for_tests_is_one() -> None:
    runner: Runner = EchoRunner(PICTURES)
    assert runner.run({"picture": pictures(2)})["boxes"].shape == (2, 2535, 4)
