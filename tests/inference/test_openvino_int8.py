"""INT8 rounds what goes into a convolution, and leaves 0 what is 0."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engines.inference.openvino_int8 import convolutions, to_int8
from engines.inference.silent_openvino import openvino


def network(weight: float) -> Any:
    """One convolution with a single weight over a picture of 3 x 3, which it surrounds with zeros."""
    ops = openvino.opset13
    picture = ops.parameter([1, 1, 3, 3], np.float32, name="picture")
    picture.output(0).set_names({"picture"})
    weights = ops.convert(ops.constant(np.full((1, 1, 3, 3), weight, np.float16)), "f32")
    convolution = ops.convolution(picture, weights, [1, 1], [1, 1], [1, 1], [1, 1])
    return openvino.Model([ops.result(convolution)], [picture])


def run(model: Any, picture: Any) -> Any:
    options = {"INFERENCE_PRECISION_HINT": "f32"}
    return openvino.Core().compile_model(model, "CPU", options)([np.full((1, 1, 3, 3), picture, np.float32)])[0]


def test_a_convolution_is_found_by_the_name_of_what_goes_in() -> None:
    assert [name for _, name in convolutions(network(1))] == ["picture"]


def test_numbers_are_rounded_to_256_steps() -> None:
    model = network(1)
    to_int8(model, {"picture": (0.0, 255.0)})
    assert run(model, 7.4)[0, 0, 1, 1] == pytest.approx(9 * 7, abs=0.01)


def test_numbers_outside_the_range_are_cut_off() -> None:
    model = network(1)
    to_int8(model, {"picture": (0.0, 10.0)})
    assert run(model, 20)[0, 0, 1, 1] == pytest.approx(9 * 10, abs=0.1)


def test_zeros_at_the_edge_stay_zeros() -> None:
    model = network(1)
    to_int8(model, {"picture": (-0.3, 2.0)})  # 0 lies between two steps of this
    result = run(model, 1)
    assert result[0, 0, 0, 0] / result[0, 0, 1, 1] == pytest.approx(4 / 9, abs=1e-4)


def test_a_filter_of_zeros_gives_zeros() -> None:
    model = network(0)
    to_int8(model, {"picture": (0.0, 1.0)})
    assert not run(model, 1).any()


def test_a_convolution_without_a_range_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        to_int8(network(1), {})
