"""The content phase as a whole: facts by the names and types of the vocabulary, from real files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engines.analysis.content import look, measure
from engines.errors import MediaError
from engines.facts import VOCABULARY
from engines.media.open_file import open_file
from engines.types import Frame

TYPES = {fact.name: fact.type for fact in VOCABULARY}
CONTENT = list(TYPES)[list(TYPES).index("sharpness") : list(TYPES).index("perceptual_hash") + 1]


def facts_of(path: Path) -> dict[str, object]:
    return {name: fact.value for name, fact in look(open_file(str(path))).facts.items()}


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file with two thirds of red and one of dark blue."""
    image = Image.new("RGB", (900, 600), (200, 20, 30))
    image.paste((10, 10, 80), (600, 0, 900, 600))
    image.save(tmp_path / "two colours.png")
    return tmp_path / "two colours.png"


def test_all_facts_of_the_phase_are_given(photo: Path) -> None:
    assert list(facts_of(photo)) == CONTENT


def test_facts_have_the_types_of_the_vocabulary(photo: Path) -> None:
    assert {name: type(value) for name, value in facts_of(photo).items()} == {name: TYPES[name] for name in CONTENT}


def test_facts_say_that_they_come_from_the_pixels(photo: Path) -> None:
    assert {fact.source for fact in look(open_file(str(photo))).facts.values()} == {"pixels"}


def test_facts_can_be_written_as_json(photo: Path) -> None:
    facts = facts_of(photo)
    assert json.loads(json.dumps(facts)) == facts


def test_colours_are_named_with_share_and_mean(photo: Path) -> None:
    assert facts_of(photo)["colours"] == [
        {"name": "red", "share": pytest.approx(2 / 3, abs=0.01), "hex": "#c8141e"},
        {"name": "blue", "share": pytest.approx(1 / 3, abs=0.01), "hex": "#0a0a50"},
    ]


def test_quality_counts_the_pixels_of_the_full_picture(photo: Path) -> None:
    pixels = open_file(str(photo)).frame.pixels
    small, large = (measure(Frame(pixels, 9 * size, 6 * size)) for size in (10, 1000))
    assert "small" in small["quality_reasons"]
    assert "small" not in large["quality_reasons"]


@pytest.mark.parametrize("name", ["one_pixel.png", "extreme_aspect.jpg", "grey_body.jpg", "truncated_half.jpg"])
def test_odd_pictures_have_all_facts(media_folder: Path, name: str) -> None:
    assert list(facts_of(media_folder / "bad" / name)) == CONTENT


def test_a_file_without_a_picture_says_why(media_folder: Path) -> None:
    file = open_file(str(media_folder / "bad" / "truncated_header.jpg"))
    with pytest.raises(MediaError, match=r"truncated_header\.jpg"):
        look(file)


def test_measuring_leaves_the_frame_as_it_was() -> None:
    pixels = np.random.default_rng(4).integers(0, 256, (200, 300, 3)).astype(np.uint8)
    before = pixels.copy()
    measure(Frame(pixels, 300, 200))
    assert np.array_equal(pixels, before)
