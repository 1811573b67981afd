"""Writes a picture of the real window once everything in it has come to rest."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

_LOOK_MS = 20
_QUIET_LOOKS = 5  # so often in a row nothing may be on its way: outcomes start further work
_PATIENCE_S = 60


def wait_for_rest(is_at_rest: Callable[[], bool]) -> bool:
    """Let the window work until nothing is on its way any more; False if that takes too long."""
    loop, timer = QEventLoop(), QTimer()
    looks, end = 0, monotonic() + _PATIENCE_S

    def look() -> None:
        nonlocal looks
        looks = looks + 1 if is_at_rest() else 0
        if looks >= _QUIET_LOOKS or monotonic() > end:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(_LOOK_MS)
    loop.exec()
    timer.stop()
    return looks >= _QUIET_LOOKS


def take(window: QWidget, is_at_rest: Callable[[], bool], file: Path) -> int:
    """Returns the exit code: 1 where the file could not be written or the window never came to rest."""
    if not wait_for_rest(is_at_rest):
        print(f"The window did not come to rest within {_PATIENCE_S} s.", file=sys.stderr)
        return 1
    if not window.grab().save(str(file)):
        print(
            f"Cannot write the picture {file}: choose a folder that exists and a name that ends in .png.",
            file=sys.stderr,
        )
        return 1
    return 0
