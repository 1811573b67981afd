"""What looking into films comes to, said where a person can still choose otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.jobs.analyser import Activity, Stage
from desktop.notices import Notice
from desktop.session import Session
from desktop.views.activity.panel import ActivityPanel
from desktop.views.settings.film_cost_part import FilmCostPart
from tests.shelf import Shelf

WATCHING = Activity(Stage.WATCH, "Adding films", 0, 1)


def put_film(session: Session, tmp_path: Path, seconds: float) -> None:
    shelf = Shelf(tmp_path, session.library)
    shelf.take_in(shelf.put("film.mp4", {"duration_s": seconds}))


@pytest.mark.parametrize(("hours", "is_told"), [(6, True), (0.1, False)])
def test_a_big_run_is_announced_and_every_run_says_what_it_comes_to(
    session: Session, tmp_path: Path, qtbot: QtBot, hours: float, is_told: bool
) -> None:
    put_film(session, tmp_path, hours * 3600)
    around = QWidget()
    qtbot.addWidget(around)
    panel = ActivityPanel(session, around)
    notices: list[Notice] = []
    session.notices.listen(notices.append)
    session.analyser.state_changed.emit(WATCHING)
    qtbot.waitUntil(lambda: bool(_costs(panel)))
    qtbot.waitUntil(session.is_at_rest)
    (said,) = _costs(panel)
    assert said.startswith("1 video of 6 h 0 min: at most" if is_told else "1 video of 6 min: at most 72 frames")
    assert [notice.text for notice in notices] == ([said] if is_told else [])
    for notice in notices:
        assert notice.action is not None
        with qtbot.waitSignal(session.settings_requested) as wanted:
            notice.action.run()
        assert wanted.args == ["analysis"]
    session.analyser.state_changed.emit(Activity())
    assert _costs(panel) == []
    session.analyser.state_changed.emit(WATCHING)  # it goes on after a pause
    qtbot.waitUntil(lambda: bool(_costs(panel)))
    assert len(notices) == is_told


def _costs(panel: ActivityPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if "frames are looked at" in label.text()]


def test_the_settings_say_what_all_videos_come_to(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    part = FilmCostPart(session)
    qtbot.addWidget(part)
    part.show()
    qtbot.waitUntil(lambda: part.text() == "There is no video in the library yet.")
    put_film(session, tmp_path, 600.0)
    session.set_settings(session.settings.with_value("video.strategy", "uniform"))
    qtbot.waitUntil(lambda: "1 video of 10 min: at most 600 frames" in part.text())
    session.set_settings(session.settings.with_value("video.frames_per_minute", 6))
    qtbot.waitUntil(lambda: "at most 60 frames" in part.text())
    session.set_settings(session.settings.with_value("video.moments", False))
    qtbot.waitUntil(lambda: part.text() == "Videos are found by their poster and their file alone.")
