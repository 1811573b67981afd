"""Pictures to look at: as large as the screen, and in pieces that make up the whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engines.errors import MediaError
from engines.media.open_file import open_file
from engines.media.view import TILE, View, fit, tile


def _pixels(view: View) -> NDArray[np.uint8]:
    return np.frombuffer(view.data, np.uint8).reshape(view.height, view.width, 3)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """1300 x 900 px of noise, turned by its EXIF so that it stands."""
    pixels = np.random.default_rng(1).integers(0, 256, (900, 1300, 3), np.uint8)
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "photo.jpg"
    Image.fromarray(pixels).save(path, quality=95, exif=exif)
    return path


def test_tiles_make_up_the_whole_picture(photo: Path) -> None:
    rows = [np.hstack([_pixels(tile(str(photo), 0, column, row)) for column in range(2)]) for row in range(3)]
    upright = np.asarray(Image.open(photo).transpose(Image.Transpose.ROTATE_270))
    difference = np.abs(np.vstack(rows).astype(int) - upright)
    assert np.vstack(rows).shape == (1300, 900, 3)
    assert difference.max() <= 2  # two builds of libjpeg


def test_a_halved_picture_has_a_quarter_of_the_pixels(photo: Path) -> None:
    view = tile(str(photo), 1, 0, 1)
    assert (view.width, view.height, view.full_width, view.full_height) == (450, 650 - TILE, 900, 1300)


def test_a_picture_fits_the_screen(photo: Path) -> None:
    view = fit(str(photo), 650)
    assert (view.width, view.height, view.full_width, view.full_height) == (450, 650, 900, 1300)
    assert fit(str(photo), 5000).height == 1300


def test_another_picture_at_the_same_path_is_seen(photo: Path) -> None:
    tile(str(photo), 0, 0, 0)
    Image.new("RGB", (40, 30), "red").save(photo)
    assert (tile(str(photo), 0, 0, 0).width, tile(str(photo), 0, 0, 0).full_height) == (40, 30)


def test_every_format_is_shown_in_full(media_folder: Path) -> None:
    formats: dict[str, Path] = {}
    for path in sorted((media_folder / "photos").iterdir()):
        formats.setdefault(path.suffix.lower(), path)
    for path in formats.values():
        header = open_file(str(path)).header
        view = tile(str(path), 0, 0, 0)
        assert abs(view.full_width - header.width) <= 0.06 * header.width, path.name
        assert abs(view.full_height - header.height) <= 0.06 * header.height, path.name


def test_a_file_without_a_picture_says_why(tmp_path: Path) -> None:
    (tmp_path / "no.jpg").write_text("no picture")
    with pytest.raises(MediaError, match=r"no\.jpg"):
        fit(str(tmp_path / "no.jpg"), 100)
