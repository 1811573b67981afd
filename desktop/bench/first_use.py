"""Walks the way of somebody new: from the empty window over a folder to photos and to the first result."""

from __future__ import annotations

import time
from typing import TypeVar
from unittest.mock import patch

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.bench.shown import Found, wait_until
from desktop.jobs.analyser import Stage
from desktop.screenshot import wait_for_rest
from desktop.session import Session
from desktop.views.first_run import FirstRun
from desktop.views.grid.grid import Grid
from desktop.views.main_window import MainWindow
from desktop.views.search.box import SearchBox
from engines.library.overview import states
from engines.types import State

_PATIENCE_S = 240
_WORD = "canon"  # what some of the made photos were taken with

_Part = TypeVar("_Part", bound=QWidget)


class _Hand:
    """Clicks and chooses, and counts both. chosen: when the folder was."""

    def __init__(self, folder: str) -> None:
        self.actions = 0
        self.chosen = 0.0
        self._folder = folder

    def click(self, widget: QWidget) -> None:
        self.actions += 1
        with patch.object(QFileDialog, "getExistingDirectory", self._choose):  # the system's own, one click at best
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def _choose(self, *_: object) -> str:
        self.actions += 1
        self.chosen = time.perf_counter()
        return self._folder


def first_use(window: MainWindow, session: Session, folder: str) -> Found:
    """Seconds since the folder was chosen, and how many clicks and keys it took, but for the letters of a word."""
    hand, grid = _begin(window, session, folder)
    wait_until(lambda: bool(grid.ids_in_view()), _PATIENCE_S)
    rows_s = time.perf_counter() - hand.chosen
    wait_until(lambda: any(session.thumbnails.picture(one) is not None for one in grid.ids_in_view()), _PATIENCE_S)
    photo_actions = hand.actions
    box = _child(window, SearchBox)
    hand.click(box.line)
    QTest.keyClicks(box.line, _WORD)
    wait_until(lambda: _is_found(session), _PATIENCE_S)
    return {
        "rows_s": rows_s,
        "photo_actions": photo_actions,
        "result_actions": hand.actions,
        "result_s": time.perf_counter() - hand.chosen,
    }


def _is_found(session: Session) -> bool:
    results = session.search.results
    asked = not session.search.is_everything and results is not None and bool(results.looks or results.leaves)
    return asked and results is not None and results.total > 0 and session.shown is not None and len(session.shown) > 0


def listing(window: MainWindow, session: Session, folder: str) -> Found:
    """Seconds until every file of the folder was there with its thumbnail."""
    hand, _ = _begin(window, session, folder)
    wait_until(lambda: _is_listed(session), _PATIENCE_S)
    return {"listed_s": time.perf_counter() - hand.chosen}


def _is_listed(session: Session) -> bool:
    """Whether the whole folder was looked through and each of its files examined."""
    with session.library.database.read() as connection:
        found = states(connection)
    return bool(found) and State.WAITING not in found and session.analyser.activity.stage is not Stage.SCAN


def _begin(window: MainWindow, session: Session, folder: str) -> tuple[_Hand, Grid]:
    """Up to the folder that was chosen."""
    window.show()
    wait_for_rest(lambda: session.shown is not None and session.is_at_rest())
    loop = QEventLoop()
    session.analyser.finished.connect(loop.quit, Qt.ConnectionType.SingleShotConnection)
    session.analyser.start()  # looks for new files first, of which an empty library has none
    loop.exec()
    hand = _Hand(folder)
    hand.click(_child(window, FirstRun).button)
    return hand, _child(window, Grid)


def _child(window: MainWindow, kind: type[_Part]) -> _Part:
    child = window.findChild(kind)
    if not isinstance(child, kind):
        raise TypeError(f"the window has no {kind.__name__}")
    return child
