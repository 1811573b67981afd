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


def test_what_is_ignored_stays_so(qtbot: QtBot) -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    closed: list[bool] = []
    try:
        with closing_when_asked(lambda: closed.append(True)):
            os.kill(os.getpid(), signal.SIGTERM)
            qtbot.wait(20)
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
        assert not closed
    finally:
        signal.signal(signal.SIGTERM, before)
