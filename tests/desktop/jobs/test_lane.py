"""A lane whose worker cannot start says so of every wish, and goes on."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.jobs import lane
from desktop.jobs.lane import Lane, Wish
from engines.errors import WorkerError


def _refuse() -> None:
    sys.exit(1)


def test_a_worker_that_cannot_start_is_tried_again_with_the_next_wish(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lane, "prepare_worker", _refuse)
    parent = QObject()
    one = Lane(parent)
    failed: list[tuple[Wish, Exception]] = []
    one.failed.connect(lambda wish, error: failed.append((wish, error)))
    wishes = [Wish(number, "/nowhere.jpg", side=64) for number in (1, 2)]
    one.want(wishes)
    qtbot.waitUntil(lambda: len(failed) == 2, timeout=30_000)
    assert [wish for wish, _ in failed] == wishes
    assert all(isinstance(error, WorkerError) for _, error in failed)
    qtbot.waitUntil(lambda: one.is_idle)
    one.close()
    parent.deleteLater()
