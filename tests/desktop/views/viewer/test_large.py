"""Pictures of 108 megapixels and panoramas: whole at first, then sharp, and never whole in the window's memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image
from PySide6.QtCore import QPointF

from desktop.session import Session
from desktop.views.viewer.viewer import Viewer

WINDOW_MB = 200  # more than before, at most; the picture itself takes 324 or 300 MB
WORKERS_MB = 1600


def _megabytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss / 1e6)


@pytest.mark.parametrize("size", [(12_000, 9_000), (40_000, 2_500)], ids=["108 megapixels", "panorama"])
def test_a_very_large_picture_is_seen_to_the_pixel_in_bounded_memory(
    viewer: Viewer, session: Session, take_in: Callable[[Path], list[int]], rest: Callable[[], None], tmp_path: Path,
    size: tuple[int, int],
) -> None:  # fmt: skip
    folder = tmp_path / "large"
    folder.mkdir()
    width, height = size
    pixels = np.full((height, width, 3), 40, np.uint8)
    pixels[:, width // 2] = 255
    Image.fromarray(pixels).save(folder / "large.png", compress_level=1)
    del pixels
    (item,) = take_in(folder)
    here = psutil.Process()
    before = _megabytes(here)
    viewer.open(item)
    rest()
    assert viewer.message == ""
    assert viewer.picture.camera.picture.toSize().toTuple() == size
    assert viewer.picture.camera.scale == pytest.approx(min(900 / width, viewer.picture.height() / height), rel=0.01)
    viewer.picture.zoom_to(1.0)
    rest()
    assert viewer.picture.is_sharp
    image = viewer.picture.grab().toImage()
    row = [image.pixelColor(x, image.height() // 2).red() for x in range(image.width())]
    assert sorted(row)[-2:] == [40, 255], "one column of white pixels, and nothing smeared beside it"
    for step in range(6):
        viewer.picture.zoom_to(0.5 if step % 2 else 1.0, QPointF(100 * step, 200))
        rest()
    assert _megabytes(here) - before < WINDOW_MB
    assert sum(map(_megabytes, here.children(recursive=True))) < WORKERS_MB
