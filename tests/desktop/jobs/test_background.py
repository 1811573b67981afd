"""Work elsewhere, its outcome in the UI thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.jobs.background import Background
from engines.cancel import Cancelled


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    background = Background()
    yield background
    background.close()
    background.deleteLater()


def fail() -> None:
    raise ValueError("no luck")


def give_up() -> None:
    raise Cancelled


def test_the_outcome_comes_in_the_ui_thread_and_the_work_ran_elsewhere(background: Background, qtbot: QtBot) -> None:
    threads: list[int] = []

    def then(worked_in: int) -> None:
        threads.extend([worked_in, threading.get_ident()])

    background.run(threading.get_ident, owner=background, then=then, failed=lambda _: None)
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0] != threads[1] == threading.get_ident()


def test_an_error_is_handed_over(background: Background, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    background.run(fail, owner=background, then=lambda _: None, failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert str(errors[0]) == "no luck"


def test_cancelled_work_tells_nobody(background: Background, qtbot: QtBot) -> None:
    told: list[object] = []
    background.run(give_up, owner=background, then=told.append, failed=told.append)
    assert not background.is_idle
    qtbot.waitUntil(lambda: background.is_idle)
    assert not told


def test_the_outcome_for_an_owner_that_is_gone_is_dropped(background: Background, qtbot: QtBot) -> None:
    owner, told = QObject(), list[object]()
    background.run(lambda: 1, owner=owner, then=told.append, failed=told.append)
    delete(owner)
    qtbot.waitUntil(lambda: background.is_idle)
    assert not told
