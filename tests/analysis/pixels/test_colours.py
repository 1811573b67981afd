"""Colour names: what people would say, on made pictures of known colours and on photos that were looked at."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from engines.analysis.pixels.colours import colourfulness_of, colours_of, load_palette, mean_colour_of
from engines.analysis.pixels.views import views_of
from engines.library.columns import COLOURS
from engines.types import Pixels


def patch(colour: str, size: tuple[int, int] = (60, 80)) -> Pixels:
    """colour: '#rrggbb'."""
    return np.full((*size, 3), list(bytes.fromhex(colour[1:])), np.uint8)


def shares(pixels: Pixels) -> dict[str, float]:
    return {colour.name: colour.share for colour in colours_of(views_of(pixels).small)}


def test_the_library_has_a_bit_for_every_name() -> None:
    assert set(load_palette().names) == set(COLOURS)


def test_every_colour_there_is_has_one_of_the_names() -> None:
    palette = load_palette()
    assert set(np.unique(palette.index)) == set(range(len(palette.names)))


@pytest.mark.parametrize(
    ("name", "colours"),
    [
        ("black", "#000000 #0a0a0a #101418 #202020 #1c1814"),
        ("grey", "#404040 #808080 #b0b0b0 #7c7f84 #8a8580"),
        ("white", "#ffffff #f0f0f0 #dcdcdc #fffaf0 #e8ecf0"),
        ("red", "#ff0000 #cc0000 #8b0000 #600000 #400000 #dc143c #b22222"),
        ("orange", "#ffa500 #ff8c00 #ff7518 #e07020"),
        ("yellow", "#ffff00 #ffd700 #f0e040 #fff44f #e0c020"),
        ("green", "#00ff00 #008000 #006400 #003000 #228b22 #90ee90 #808000 #556b2f #2e4a20"),
        ("cyan", "#00ffff #40e0d0 #008080 #20b2aa #7fdbda"),
        ("blue", "#0000ff #00008b #000060 #000040 #191970 #87ceeb #4682b4 #b0c4de"),
        ("purple", "#800080 #4b0082 #9370db #663399 #5c3a78"),
        ("pink", "#ffc0cb #ff69b4 #ff1493 #e8a0b8 #ff00ff"),
        ("brown", "#8b4513 #5c3317 #a0522d #6b4423 #7a5c40"),
        ("beige", "#d2b48c #ffdbac #d8a68a #e8d0b0"),
    ],
)
def test_a_patch_has_the_name_that_people_give_it(name: str, colours: str) -> None:
    assert {colour: shares(patch(colour)) for colour in colours.split()} == {
        colour: {name: 1.0} for colour in colours.split()
    }


def test_a_patch_keeps_its_colour_in_hex() -> None:
    assert [colour.hex for colour in colours_of(patch("#8b4513"))] == ["#8b4513"]


def test_stripes_have_their_shares_largest_first() -> None:
    stripes = np.hstack([patch("#d01020", (768, 256)), patch("#1040d0", (768, 512)), patch("#20a030", (768, 256))])
    found = colours_of(views_of(stripes).small)
    assert [(colour.name, colour.share) for colour in found] == [("blue", 0.5), ("red", 0.25), ("green", 0.25)]


@pytest.mark.parametrize("rows", [15, 29, 57])
def test_a_share_that_is_exact_stays_so(rows: int) -> None:
    pixels = patch("#808080", (100, 100))
    pixels[:rows] = (255, 0, 0)
    assert shares(pixels)["red"] == rows / 100


@pytest.mark.parametrize(("rows", "is_found"), [(1, False), (3, True)])
def test_a_colour_counts_from_two_percent(rows: int, is_found: bool) -> None:
    pixels = patch("#ffffff", (100, 100))
    pixels[:rows] = (255, 0, 0)
    assert ("red" in shares(pixels)) is is_found


def test_a_shaded_red_wall_is_red_to_its_dark_end() -> None:
    light = np.linspace(1, 0.4, 300)[None, :, None]
    assert shares((light * np.full((50, 1, 3), (220, 20, 30))).astype(np.uint8)) == {"red": 1.0}


def test_a_slope_from_blue_to_yellow_has_both_ends() -> None:
    place = np.linspace(0, 1, 400)[None, :, None]
    slope = ((1 - place) * (0, 0, 255) + place * (255, 255, 0)) * np.ones((40, 1, 1))
    found = shares(slope.astype(np.uint8))
    assert min(found["blue"], found["yellow"]) > 0.15


def test_a_slope_of_grey_goes_from_black_to_white() -> None:
    slope = np.broadcast_to(np.arange(256, dtype=np.uint8)[None, :, None], (60, 256, 3)).copy()
    found = shares(slope)
    assert set(found) == {"black", "grey", "white"}
    assert sum(found.values()) == pytest.approx(1, abs=0.001)


def test_shares_never_exceed_the_whole(coco_photos: dict[str, Pixels]) -> None:
    assert all(sum(shares(photo).values()) <= 1 for photo in coco_photos.values())


def test_a_photo_in_grey_has_no_colours(coco_photos: dict[str, Pixels]) -> None:
    for photo in list(coco_photos.values())[::5]:
        grey = np.asarray(cv2.cvtColor(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB), np.uint8)
        assert set(shares(grey)) <= {"black", "grey", "white"}


@pytest.mark.parametrize(
    ("name", "expected", "absent"),
    [
        ("coco_000000002149.jpg", "green", "blue red"),  # apples
        ("coco_000000229997.jpg", "green", "red yellow"),  # a bear on grass
        ("coco_000000000785.jpg", "white", "blue purple"),  # a skier on snow
        ("coco_000000007281.jpg", "blue", "cyan purple"),  # riders on a beach
        ("coco_000000007108.jpg", "brown", "red orange"),  # elephants of red earth
        ("coco_000000012062.jpg", "grey", "green blue"),  # sheep behind a fence
        ("coco_000000099053.jpg", "blue orange brown", "green purple"),  # noodles on a blue cloth
        ("Photo (1).webp", "blue", "cyan purple"),  # a tree in blossom before the sky
        ("Kodak PIXPRO FZ201.jpg", "black", "grey blue"),  # the moon
        ("Canon PowerShot S230.jpg", "white black", "beige yellow"),  # a daisy
        ("jolla.jpg", "orange brown", "red green"),  # an autumn leaf
        ("nature_1.jpg", "pink", "red blue"),  # a cyclamen
        ("nature_2.jpg", "blue grey", "cyan beige"),  # rocks before the sky
        ("ladybug.jpg", "green", "blue yellow"),
        ("rocket.jpg", "blue", "black cyan"),  # at dusk
        ("flower.jpg", "cyan", "red purple"),  # a dahlia before dark leaves
        ("coffee.png", "brown orange red", "yellow green"),  # a red cup on wood
        ("astronaut.png", "orange grey", "yellow green"),
        ("faces_portrait.jpg", "black grey", "brown blue"),
        ("alpha_channel_image.png", "blue", "cyan red"),  # a child's cloth
        ("iconic_1.jpg", "white yellow", "green beige"),  # bananas in a catalogue
        ("iconic_3.jpg", "white green", "cyan yellow"),  # apple juice
        ("grocery_01.jpg", "green yellow", "blue orange"),  # apples
        ("grocery_02.jpg", "red", "purple green"),  # apples
        ("grocery_23.jpg", "red", "orange purple"),  # peppers
        ("barcode_3.png", "pink", "purple orange"),  # a packet of sweets
    ],
)
def test_photos_have_the_colours_that_one_sees(
    photos: Callable[[str], Pixels], name: str, expected: str, absent: str
) -> None:
    found = {colour for colour, share in shares(photos(name)).items() if share >= 0.15}
    assert set(expected.split()) <= found
    assert found.isdisjoint(absent.split())


def test_the_mean_colour_mixes_all_pixels() -> None:
    assert mean_colour_of(np.hstack([patch("#ff0000"), patch("#0000ff")])) == "#800080"


def test_grey_is_not_colourful() -> None:
    assert colourfulness_of(patch("#707070")) == 0


def test_colourfulness_follows_its_formula() -> None:
    """Half red, half green: rg = ±255, yb = 127.5 everywhere."""
    halves = np.hstack([patch("#ff0000"), patch("#00ff00")])
    assert colourfulness_of(halves) == pytest.approx(255 + 0.3 * 127.5)


def test_a_parrot_cloth_is_more_colourful_than_a_city_in_fog(photos: Callable[[str], Pixels]) -> None:
    cloth, fog = photos("alpha_channel_image.png"), photos("coco_000000165518.jpg")
    assert colourfulness_of(cloth) > 60 > 30 > colourfulness_of(fog)
