"""Pictures of any shape become the square that a network wants, without being changed themselves."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from engines.inference.catalogue import Card, starter_cards
from engines.inference.placement import placement
from engines.inference.prepare import GREY, prepare
from engines.types import Pixels

SHAPES = [(1, 1), (1, 3000), (2000, 2), (259, 260), (260, 260), (416, 416), (683, 1024), (512, 4096), (1024, 577)]


@pytest.fixture
def cropping() -> Card:
    return starter_cards()["efficientnet-lite2"]


@pytest.fixture
def boxing() -> Card:
    return starter_cards()["yolov3-tiny"]


def noise(height: int, width: int) -> Pixels:
    return np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8)


def plain(height: int, width: int, colour: tuple[int, int, int]) -> Pixels:
    return np.full((height, width, 3), colour, np.uint8)


@pytest.mark.parametrize("shape", SHAPES)
def test_any_shape_is_cropped_to_the_square(cropping: Card, shape: tuple[int, int]) -> None:
    square = prepare(noise(*shape), cropping)
    assert (square.shape, square.dtype) == ((260, 260, 3), np.dtype(np.uint8))


@pytest.mark.parametrize("shape", SHAPES)
def test_any_shape_is_boxed_into_the_square(boxing: Card, shape: tuple[int, int]) -> None:
    square = prepare(noise(*shape), boxing)
    assert (square.shape, square.dtype) == ((416, 416, 3), np.dtype(np.uint8))


def test_the_picture_stays_as_it_was(boxing: Card, cropping: Card) -> None:
    pixels = noise(300, 500)
    before = pixels.copy()
    prepare(pixels, boxing)
    prepare(pixels, cropping)
    assert np.array_equal(pixels, before)


def test_a_crop_keeps_the_middle(cropping: Card) -> None:
    pixels = plain(400, 1000, (255, 0, 0))
    pixels[10:390, 310:690] = (0, 0, 255)  # 0.95 of the short side
    assert (prepare(pixels, cropping) == (0, 0, 255)).all()


def test_colours_stay_in_their_order(cropping: Card) -> None:
    assert (prepare(plain(50, 50, (200, 100, 10)), cropping) == (200, 100, 10)).all()


def test_a_network_that_wants_blue_first_gets_it(cropping: Card) -> None:
    assert cropping.picture is not None
    card = replace(cropping, picture=replace(cropping.picture, colours="BGR"))
    assert (prepare(plain(50, 50, (200, 100, 10)), card) == (10, 100, 200)).all()


def test_a_wide_picture_lies_between_bars_of_grey(boxing: Card) -> None:
    square = prepare(plain(500, 1000, (1, 2, 3)), boxing)
    assert (square[104:312] == (1, 2, 3)).all()
    assert (square[:104] == GREY).all()
    assert (square[312:] == GREY).all()


def test_a_fine_pattern_becomes_grey_rather_than_coarse(boxing: Card) -> None:
    pixels = np.zeros((1024, 1024, 3), np.uint8)
    pixels[::2] = 255
    assert np.ptp(prepare(pixels, boxing)) <= 1


def test_a_network_for_texts_takes_no_picture() -> None:
    with pytest.raises(ValueError, match="MiniLM-L6-v2 takes no pictures"):
        prepare(noise(9, 9), starter_cards()["minilm-l6-v2"])


@pytest.mark.parametrize(("width", "height"), [(640, 480), (480, 640), (100, 100), (4096, 512), (1, 900)])
def test_a_box_around_the_picture_is_all_of_it(width: int, height: int) -> None:
    place = placement(width, height, 416)
    whole = np.array([[0.5, 0.5, place.width / 416, place.height / 416]], np.float32)
    assert np.allclose(place.to_picture(whole), [[0, 0, 1, 1]], atol=0.5 / min(place.width, place.height))


def test_a_box_is_found_where_it_lies_in_the_picture() -> None:
    box = np.array([[0.5, 0.375, 0.25, 0.25]], np.float32)  # of a square whose upper and lower quarter are grey
    assert np.allclose(placement(1000, 500, 416).to_picture(box), [[0.375, 0, 0.25, 0.5]])


def test_a_box_is_cut_off_at_the_edge_of_the_picture() -> None:
    box = np.array([[0.0, 0.25, 0.5, 0.5]], np.float32)
    assert np.allclose(placement(1000, 500, 416).to_picture(box), [[0, 0, 0.25, 0.5]])


def test_no_boxes_stay_none() -> None:
    assert placement(640, 480, 416).to_picture(np.empty((0, 4), np.float32)).shape == (0, 4)


def test_a_worker_prepares_without_a_back_end() -> None:
    code = "import sys, engines.inference.prepare; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"openvino", "tokenizers", "torch", "apsw"} & set(loaded)
