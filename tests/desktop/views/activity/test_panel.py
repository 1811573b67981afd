"""The activity panel: what it says, and that its buttons do what they say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QCheckBox, QLabel, QListView, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.item_models.failures import FailureModel
from desktop.jobs.analyser import Activity, Stage
from desktop.session import Session
from desktop.views.activity.indicator import Indicator
from desktop.views.activity.panel import ActivityPanel
from desktop.views.activity.wording import duration, in_detail, in_short
from engines.analysis.run import Report
from engines.library.overview import Failure
from engines.types import Message, State
from tests.make_media import make_photo


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> Iterator[ActivityPanel]:
    around = QWidget()
    around.resize(900, 800)
    panel = ActivityPanel(session, around)
    qtbot.addWidget(around)
    around.show()
    yield panel
    panel.hide()


def button(panel: ActivityPanel, text: str) -> QPushButton:
    (found,) = [one for one in panel.findChildren(QPushButton) if one.text() == text and one.isVisible()]
    return found


def texts(panel: ActivityPanel) -> set[str]:
    return {one.text() for one in panel.findChildren(QPushButton) if one.isVisible()}


def problems(panel: ActivityPanel) -> FailureModel:
    (model,) = panel.problems.findChildren(FailureModel)
    return model


RUNNING = Activity(Stage.EXAMINE, "Adding photos", 412, 12480, 3, 38.2, 310.0)


@pytest.fixture
def _in_english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("_in_english")
def test_what_goes_on_is_one_short_line() -> None:
    assert in_short(RUNNING) == "Examining 412 of 12,480 · 38/s · 5 min left"
    assert in_short(Activity()) == ""
    assert in_short(Activity(Stage.SCAN, done=1204)) == "Looking for files · 1,204"


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_its_words(stage: Stage) -> None:
    assert in_detail(Activity(stage))


@pytest.mark.parametrize(("seconds", "text"), [(0.2, "1 s"), (59, "59 s"), (310, "5 min"), (7800, "2 h 10 min")])
def test_a_duration_is_told_roughly(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_only_what_can_be_done_is_offered(panel: ActivityPanel) -> None:
    panel.toggle()
    assert texts(panel) == {"Look for new files"}
    panel.show_activity(RUNNING)
    assert texts(panel) == {"Pause", "Stop"}
    panel.show_activity(Activity(Stage.PAUSED, "Adding photos"))
    assert texts(panel) == {"Go on"}


def test_the_throttle_changes_the_settings_and_follows_them(panel: ActivityPanel, session: Session) -> None:
    panel.toggle()
    half = next(one for one in panel.findChildren(QCheckBox) if "half" in one.text())
    half.click()
    assert session.settings.analysis.effort == "half"
    session.set_settings(session.settings.with_value("analysis.effort", "full"))
    assert not half.isChecked()


def test_a_file_that_cannot_be_read_is_listed_with_its_reason_and_tried_again(
    panel: ActivityPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "broken.jpg").write_bytes(b"no picture")
    panel.toggle()
    session.analyser.start()
    with qtbot.waitSignals([session.analyser.finished] * 2, timeout=30_000):
        session.analyser.add_paths([str(photos)])
    model = problems(panel)
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert str(model.index(0).data()).startswith("broken.jpg")
    (photos / "broken.jpg").write_bytes(make_photo())
    with qtbot.waitSignal(session.analyser.finished, timeout=30_000):
        button(panel, "Retry all").click()
    qtbot.waitUntil(lambda: model.rowCount() == 0)


def test_the_list_of_failures_is_a_sound_model(qtbot: QtBot) -> None:
    model = FailureModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    failures = [Failure(7, "/photos/\udcff.jpg", State.CORRUPT, Message("corrupt", "It is cut short."))]
    model.show(failures)
    assert model.index(0).data() == "\N{REPLACEMENT CHARACTER}.jpg\nIt is cut short."
    model.show(failures, [Message("root_offline", "/photos cannot be reached.")])
    assert model.index(0).data() == "/photos cannot be reached."
    assert model.media_ids(range(2)) == [7]
    del tester


def test_only_what_is_selected_is_tried_again(
    panel: ActivityPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    for name in ("a.jpg", "b.jpg"):
        (photos / name).write_bytes(b"no picture " + name.encode())
    panel.toggle()
    session.analyser.start()
    with qtbot.waitSignals([session.analyser.finished] * 2, timeout=30_000):
        session.analyser.add_paths([str(photos)])
    model = problems(panel)
    qtbot.waitUntil(lambda: model.rowCount() == 2)
    for name in ("a.jpg", "b.jpg"):
        (photos / name).write_bytes(make_photo())
    (rows,) = panel.problems.findChildren(QListView)
    rows.setCurrentIndex(model.index(1))
    with qtbot.waitSignal(session.analyser.finished, timeout=30_000):
        button(panel, "Retry selected").click()
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert str(model.index(0).data()).startswith("a.jpg")


def test_what_a_run_says_of_a_folder_is_a_problem_until_a_run_says_otherwise(
    panel: ActivityPanel, session: Session, qtbot: QtBot
) -> None:
    indicator = Indicator(session.shortcuts.action("show_activity"))
    qtbot.addWidget(indicator)
    panel.problems.counted.connect(indicator.show_problems)
    said = Message("root_offline", "/photos cannot be reached.")
    with qtbot.waitSignal(panel.problems.counted):
        session.analyser.finished.emit(Report(notices=[said]))
    assert problems(panel).index(0).data() == "/photos cannot be reached."
    (line,) = indicator.findChildren(QToolButton)
    assert line.text().strip() == "Up to date · 1 problem"
    with qtbot.waitSignal(panel.problems.counted):
        session.analyser.finished.emit(Report())
    assert line.text().strip() == "Up to date"


def test_steps_that_are_off_are_named(panel: ActivityPanel, session: Session) -> None:
    panel.toggle()
    session.set_settings(session.settings.with_value("analysis.phases_off", ["objects", "meaning"]))
    shown = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "Switched off in the settings: Objects, Meaning" in shown
