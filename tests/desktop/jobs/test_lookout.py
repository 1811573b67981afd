"""When folders are looked at again without being asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.jobs.lookout import Lookout
from desktop.session import Session

ACTIVE, INACTIVE = Qt.ApplicationState.ApplicationActive, Qt.ApplicationState.ApplicationInactive


class Clock:
    """Stands in for the time module of the lookout."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("desktop.jobs.lookout.time", clock)
    return clock


@pytest.fixture
def lookout(session: Session, qapp: QApplication) -> Iterator[Lookout]:
    session.analyser.pause()  # so that looks wait where they can be seen
    lookout = Lookout(session.analyser, session.settings, qapp)
    yield lookout
    lookout._timer.stop()


def looks(session: Session) -> int:
    return len(session.analyser.activity.waiting)


@pytest.mark.parametrize(("away_s", "expected"), [(599, 0), (600, 1)])
def test_who_comes_back_after_ten_minutes_finds_what_is_new(
    lookout: Lookout, session: Session, clock: Clock, away_s: float, expected: int
) -> None:
    lookout.take_state(INACTIVE)
    clock.now += away_s
    lookout.take_state(ACTIVE)
    assert looks(session) == expected


def test_not_if_the_settings_say_so(lookout: Lookout, session: Session, clock: Clock) -> None:
    lookout.take_settings(session.settings.with_value("folders.rescan_on_focus", False))
    lookout.take_state(INACTIVE)
    clock.now += 5000
    lookout.take_state(ACTIVE)
    assert looks(session) == 0


def test_time_passing_is_enough_unless_never_is_chosen(lookout: Lookout, session: Session, qtbot: QtBot) -> None:
    assert lookout._timer.interval() == 60 * 60_000
    lookout._timer.setInterval(1)
    qtbot.waitUntil(lambda: looks(session) == 1)
    lookout.take_settings(session.settings.with_value("folders.rescan_minutes", 0))
    assert not lookout._timer.isActive()
