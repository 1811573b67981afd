"""A process that is asked to end closes its window first."""

from __future__ import annotations

import os
import signal

import pytest
from pytestqt.qtbot import QtBot

from desktop.ending import ASKING, closing_when_asked


@pytest.mark.parametrize("number", ASKING)
def test_a_signal_closes_the_window_once(qtbot: QtBot, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    closed: list[int] = []
    with closing_when_asked(lambda: closed.append(number)):
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: bool(closed))
        assert signal.getsignal(number) is signal.SIG_DFL, "a second one ends a window that hangs"
    assert closed == [number]
    assert signal.getsignal(number) is before
