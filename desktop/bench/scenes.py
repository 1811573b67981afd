"""What is measured inside the process of a window: `python -m desktop.bench.scenes SCENE LIBRARY`; prints JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop.app import make_application, make_window, open_session
from desktop.bench.asking import ask
from desktop.bench.editing import edit
from desktop.bench.first_use import first_use, listing
from desktop.bench.heartbeat import Heartbeat
from desktop.bench.shown import Found, shown_grid, wait_until
from desktop.bench.stops import stops
from desktop.bench.undoing import do, undo
from desktop.jobs.tidying import QUIET_MS
from desktop.screenshot import wait_for_rest
from desktop.session import Session
from desktop.theme import Theme
from desktop.views.grid.grid import Grid
from desktop.views.main_window import MainWindow
from engines.bench.timing import percentile
from engines.command_line.arguments import parse
from engines.library.order import Order, arranged
from engines.settings import Settings

_HEAVY = ("openvino", "cv2", "av", "torch", "tensorrt", "PIL", "rawpy", "tokenizers")
_FRAMES = 300
_FRAME_STEP = 90  # px, a fast turn of the wheel
_LOOK_MS = 10
_IDLE_S = QUIET_MS / 1000 + 1


def main(scene: str, library: str, *arguments: str) -> None:
    application = make_application()
    Theme(application, "dark")
    session = open_session(parse(["--library", library]), Settings())
    window = make_window(session, parse(["--size", "1600x1000"]))
    try:
        print(json.dumps(SCENES[scene](window, session, *arguments)))
    finally:
        window.close()
        session.close()


def start(window: MainWindow, session: Session) -> Found:
    """When the window and the first thumbnails were painted, in seconds since 1970, and what that took."""
    watch = _Watch(window)
    arrived: list[float] = []
    session.thumbnails.arrived.connect(lambda _: QTimer.singleShot(0, lambda: arrived.append(time.time())))
    window.show()
    wait_for_rest(lambda: bool(watch.painted) and session.shown is not None and session.is_at_rest())
    wait_until(lambda: False, _IDLE_S)
    return {
        "window_at": watch.painted[0],
        "thumbnails_at": arrived[0] if arrived else watch.painted[0],
        "heavy": float(watch.heavy),
        "memory_mb": _resident_mb(),
    }


class _Watch(QObject):
    """When a window was painted first, and what was loaded by then."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.painted: list[float] = []
        self.heavy = 0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self.painted:
            self.heavy = sum(name in sys.modules for name in _HEAVY)
            self.painted.append(time.time())
        return False


def use(window: MainWindow, session: Session) -> Found:
    """Milliseconds of what a person does with the grid."""
    grid = shown_grid(window, session)
    order = grid.order
    if order is None:
        raise TypeError("the grid shows nothing")
    found = {"grid opens": _opening(grid, order)}
    found |= _scrolling(grid, "scroll")
    found |= _jumping(grid, session)
    found["resize, worst"] = _resizing(window)
    columns = order.columns
    one_day = replace(columns, values={**columns.values, "shown_s": np.full(columns.count, 1_500_000_000)})
    found["all on one day: opens"] = _opening(grid, arranged(one_day, order.ids, "newest"))
    found |= _scrolling(grid, "all on one day: scroll")
    return found


def _opening(grid: Grid, order: Order) -> float:
    def open_it() -> None:
        grid.show_order(order)
        grid.viewport().repaint()

    return _ms(open_it)


def _scrolling(grid: Grid, name: str) -> Found:
    """By the clock, and by the processor time of the UI thread, which other programs do not lengthen."""
    bar = grid.verticalScrollBar()
    bar.setValue(0)
    clock, processor = [], []
    for _ in range(_FRAMES):
        began = time.thread_time()
        clock.append(_ms(lambda: _scroll(grid)))
        processor.append((time.thread_time() - began) * 1000)
    return {
        f"{name}, 99 % of frames": percentile(clock, 99),
        f"{name}, 99 % of frames, processor time": percentile(processor, 99),
    }


def _scroll(grid: Grid) -> None:
    bar = grid.verticalScrollBar()
    bar.setValue(bar.value() + _FRAME_STEP)
    _frame(grid)


def _frame(grid: Grid) -> None:
    """Paint and handle all that has come in, as one turn of the event loop does."""
    grid.viewport().repaint()
    QCoreApplication.processEvents()


def _jumping(grid: Grid, session: Session) -> Found:
    jumps, fills = [], []
    for row in stops(len(grid.order) if grid.order is not None else 0)[1:]:
        began = time.perf_counter()
        grid.jump_to(row)
        _frame(grid)
        jumps.append((time.perf_counter() - began) * 1000)
        wait_until(partial(_is_filled, grid, session))
        fills.append((time.perf_counter() - began) * 1000)
        wait_for_rest(session.is_at_rest)
    return {"jump, 99 %": percentile(jumps, 99), "pictures after a jump, 95 %": percentile(fills, 95)}


def _is_filled(grid: Grid, session: Session) -> bool:
    return all(session.thumbnails.picture(media_id) is not None for media_id in grid.ids_in_view())


def _resizing(window: MainWindow) -> float:
    times = []
    for step in range(20):
        width = 1600 - 30 * (step if step <= 10 else 20 - step)

        def resize(width: int = width) -> None:
            window.resize(width, 1000)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            window.repaint()

        times.append(_ms(resize))
    return max(times)


def watch_import(window: MainWindow, session: Session, folder: str) -> Found:
    """How soon something was to be seen, and how late a tick of 16 ms came at most, while a folder was imported."""
    grid = shown_grid(window, session)
    first: dict[str, float] = {}
    began, beat, timer, loop = 0.0, Heartbeat(), QTimer(), QEventLoop()
    session.analyser.failed.connect(loop.quit)
    session.analyser.start()  # looks for new files first, of which an empty library has none

    def look() -> None:
        ids = grid.ids_in_view()
        pictures = sum(session.thumbnails.picture(media_id) is not None for media_id in ids)
        for name, is_there in (("rows", ids), ("pictures", pictures), ("view_full", ids and pictures == len(ids))):
            if is_there:
                first.setdefault(f"{name}_s", time.perf_counter() - began)

    def begin() -> None:
        nonlocal began
        session.analyser.finished.connect(loop.quit)
        began = time.perf_counter()
        beat.start()
        timer.start(_LOOK_MS)
        session.import_requested.emit([folder])

    timer.timeout.connect(look)
    session.analyser.finished.connect(begin, Qt.ConnectionType.SingleShotConnection)
    loop.exec()
    timer.stop()
    beat.stop()
    files = float(len(session.library.index.columns().newest))
    return {"files": files, "seconds": beat.seconds, "p99_ms": beat.p99_ms, "worst_ms": beat.worst_ms, **first}


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _resident_mb() -> float:
    import psutil

    return float(psutil.Process(os.getpid()).memory_info().rss) / 1e6


SCENES: dict[str, Callable[..., Found]] = {
    "start": start,
    "use": use,
    "ask": ask,
    "edit": edit,
    "import": watch_import,
    "first": first_use,
    "list": listing,
    "do": do,
    "undo": undo,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
    QApplication.quit()
