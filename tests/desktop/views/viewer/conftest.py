"""Real photos in a real library, and a viewer over it with its worker processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.screenshot import wait_for_rest
from desktop.session import Session
from desktop.views.viewer.viewer import Viewer
from engines.analysis.examine import examine
from engines.analysis.pipeline import ScanRules
from engines.analysis.run import Runner
from engines.search.find import matching
from tests.shelf import OneAtATime

SIZE = (2400, 1600)


@pytest.fixture
def take_in(session: Session, qtbot: QtBot) -> Callable[[Path], list[int]]:
    """Imports a folder as the program does, but without worker processes; gives what is there, newest first."""

    def run(folder: Path) -> list[int]:
        executor = OneAtATime(look=examine)
        Runner(session.library, ScanRules(), lambda: nullcontext(executor)).import_paths([str(folder)])
        with qtbot.waitSignal(session.shown_changed):
            session.search.run()
        return matching(session.library, "")

    return run


@pytest.fixture
def photos(tmp_path: Path, take_in: Callable[[Path], list[int]]) -> list[int]:
    """Three photos of 2400 x 1600, black with a column of single white pixels in the middle; newest first."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(3):
        pixels = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
        pixels[:, SIZE[0] // 2] = 255
        pixels[:400, :400, number] = 200
        Image.fromarray(pixels).save(folder / f"{number}.png")
    return take_in(folder)


@pytest.fixture
def viewer(session: Session, qtbot: QtBot) -> Iterator[Viewer]:
    viewer = Viewer(session)
    qtbot.addWidget(viewer)
    viewer.resize(900, 700)
    viewer.show()
    yield viewer
    viewer.shut_down()


@pytest.fixture
def rest(session: Session, viewer: Viewer) -> Callable[[], None]:
    """Waits until nothing is on its way any more: looks several times, for what arrives can ask for more."""

    def wait() -> None:
        parts = (session.is_at_rest, viewer.is_at_rest, lambda: not session.search.is_busy)
        assert wait_for_rest(lambda: all(is_at_rest() for is_at_rest in parts))

    return wait
