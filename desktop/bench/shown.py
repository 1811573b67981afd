"""What every scene of the measurement begins with: the window with its grid, at rest."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

from desktop.screenshot import wait_for_rest
from desktop.session import Session
from desktop.views.grid.grid import Grid
from desktop.views.main_window import MainWindow

Found = dict[str, float]  # what a scene measured, by what it is called

_PATIENCE_S = 10
_LOOK_MS = 2


def shown_grid(window: MainWindow, session: Session) -> Grid:
    window.show()
    wait_for_rest(lambda: session.shown is not None and session.is_at_rest())
    grid = window.findChild(Grid)
    if not isinstance(grid, Grid):
        raise TypeError("the window has no grid")
    return grid


def wait_until(holds: Callable[[], bool], seconds: float = _PATIENCE_S) -> bool:
    """Let the window work until this holds; False if that takes too long."""
    loop, timer, end = QEventLoop(), QTimer(), time.perf_counter() + seconds

    def look() -> None:
        if holds() or time.perf_counter() > end:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(_LOOK_MS)
    loop.exec()
    timer.stop()
    return holds()
