"""What every test of the window stands on: no thread, timer or window of one test is left to the next."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first import of Qt

from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop.session import Session
from desktop.theme import Theme
from engines.library.library import Library
from engines.settings import Settings

_WAIT_S = 2


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["Image Engine"]


@pytest.fixture(autouse=True)
def nothing_is_left_over(qapp: QApplication) -> Iterator[None]:
    """Fails a test that leaves a thread, a running timer or a top-level widget behind."""
    gc.freeze()  # so that only what the test makes is looked through: all that hundreds of tests left takes seconds
    threads_before = set(threading.enumerate())
    timers_before = {id(timer) for timer in _running_timers()}
    widgets_before = set(map(id, qapp.topLevelWidgets()))
    yield
    _settle()
    for thread in set(threading.enumerate()) - threads_before:
        if not isinstance(thread, threading._DummyThread):  # a thread of Qt that once ran Python
            thread.join(_WAIT_S)
            assert not thread.is_alive(), f"the thread {thread.name} is left over"
    widgets = [widget for widget in qapp.topLevelWidgets() if id(widget) not in widgets_before]
    assert not widgets, "top-level widgets are left over"
    timers = [timer for timer in _running_timers() if id(timer) not in timers_before]
    assert not timers, "timers are still running"
    assert not _running_threads(), "threads of Qt are still running"
    gc.unfreeze()


def _settle() -> None:
    """Let what was to be deleted later be deleted now."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        gc.collect()


def _running_timers() -> list[QTimer]:
    """Of those that Python knows."""
    return [found for found in gc.get_objects() if type(found) is QTimer and isValid(found) and found.isActive()]


def _running_threads() -> list[QThread]:
    """Of those that Python knows; the main thread is always there."""
    main = QThread.currentThread()
    threads = [found for found in gc.get_objects() if isinstance(found, QThread) and isValid(found)]
    return [thread for thread in threads if thread.isRunning() and thread != main]


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp, "dark")
    yield theme
    theme.deleteLater()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session over an empty library, closed at the end whatever the test did."""
    session = Session(Library(tmp_path / "library"), Settings())
    yield session
    session.close()
    session.deleteLater()
