"""Going through a film: to any frame, along what was found, from A to B."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.shortcuts import Shortcuts
from desktop.views.viewer.film import FilmPage
from desktop.views.viewer.film_line import Part
from desktop.words import clock
from engines.library.showing import Item
from engines.types import Sentence
from tests.make_film import make_numbered_film

pytestmark = pytest.mark.qt_log_ignore(
    "No audio device", "PulseAudio", "Couldn't", "FFmpeg", "No HW", "RHI", extend=True
)
TIMES = (0.0, 0.04, 0.08, 0.5, 0.52, 0.533, 1.2, 1.24, 1.28, 2.0, 2.04, 2.08, 3.0)  # s; uneven


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_numbered_film(tmp_path_factory.mktemp("numbered") / "uneven.mp4", TIMES)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[FilmPage]:
    pytest.importorskip("PySide6.QtMultimedia", reason="Qt Multimedia cannot be loaded here", exc_type=ImportError)
    page = FilmPage(Shortcuts())
    qtbot.addWidget(page)
    page.resize(900, 500)
    with qtbot.waitExposed(page):
        page.show()
    yield page
    page.shut_down()


@pytest.fixture
def seen(page: FilmPage, qtbot: QtBot) -> Callable[[], int]:
    """Waits until nothing is on its way, then tells the number of the frame that is shown, -1 for the poster."""
    shown: list[QImage] = []
    page.surface.painted.connect(shown.append)

    def number() -> int:
        qtbot.waitUntil(lambda: page.head.frames.is_idle or bool(page.problem), timeout=20_000)
        QTest.qWait(10)
        assert page.problem == ""
        return _number(shown[-1]) if shown else -1

    return number


def _number(image: QImage) -> int:
    return round((image.pixelColor(48, 32).green() - 8) / 16)


def _item(path: Path) -> Item:
    return Item(1, os.fspath(path), path.name, "video", "ok", 96, 64, None, None)


def _do(page: FilmPage, command: str) -> None:
    page._shortcuts.action(command).trigger()


def test_commands_go_from_frame_to_frame(page: FilmPage, film: Path, seen: Callable[[], int]) -> None:
    page.show_item(_item(film), QImage(), 3.04)
    _do(page, "next_frame")
    assert seen() == 0, "the poster was from somewhere else"
    for _ in range(4):  # quicker than frames come
        _do(page, "next_frame")
    assert seen() == 4
    assert page.head.at_s == pytest.approx(0.52, abs=0.001)
    _do(page, "previous_frame")
    assert seen() == 3
    page.head.go_to(2.9)
    assert seen() == 11
    assert page.controls.time.text() == "0:02.08 / 0:03"


def test_the_line_leads_to_where_it_is_clicked_and_dragged(
    page: FilmPage, film: Path, seen: Callable[[], int], qtbot: QtBot
) -> None:
    page.show_item(_item(film), QImage(), 3.04)
    line, y = page.line, page.line.height() // 2
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(round(line.x_of(1.26)), y))
    assert seen() == 7
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=QPoint(round(line.x_of(1.26)), y))
    QTest.mouseMove(line, QPoint(round(line.x_of(2.06)), y))
    qtbot.waitUntil(lambda: seen() == 10, timeout=10_000)  # at rest the very frame is shown
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=QPoint(round(line.x_of(0.06)), y))
    assert seen() == 1


def test_keys_move_the_line_while_it_has_the_focus(page: FilmPage, film: Path, seen: Callable[[], int]) -> None:
    page.show_item(_item(film), QImage(), 3.04)
    page.line.setFocus()
    override = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier)
    override.ignore()
    page.line.event(override)
    assert override.isAccepted(), "else the viewer would go to the next item"
    QTest.keyClick(page.line, Qt.Key.Key_Right)
    assert seen() == 5
    QTest.keyClick(page.line, Qt.Key.Key_End)
    assert seen() == 12


def test_commands_go_along_moments_and_hits(page: FilmPage, film: Path, seen: Callable[[], int]) -> None:
    page.show_item(_item(film), QImage(), 3.04)
    assert not page._shortcuts.action("next_hit").isEnabled(), "nothing was searched for"
    moments = [Part(0.0, 0.5, 0.04), Part(0.5, 1.2, 0.52), Part(1.2, 3.04, 2.0)]
    page.show_parts(moments, [Part(0.5, 1.2, 0.533), Part(1.2, 3.04, 2.0)])
    for command, number in (
        ("next_moment", 3), ("next_moment", 6), ("next_moment", 6), ("previous_moment", 3), ("next_hit", 5),
        ("next_hit", 9), ("next_hit", 9), ("previous_hit", 5), ("previous_moment", 3), ("previous_moment", 0),
    ):  # fmt: skip
        _do(page, command)
        assert seen() == number, command
    assert page.line.moment_at(0.7) is moments[1]
    page.head.go_to(2.0)
    seen()
    assert page.controls._hits.text() == "2 of 2 found"


def test_a_film_repeats_from_a_to_b(page: FilmPage, film: Path, seen: Callable[[], int], qtbot: QtBot) -> None:
    page.show_item(_item(film), QImage(), 3.04)
    page.head.go_to(1.2)
    seen()
    _do(page, "set_a")
    assert page.stretch() is None
    page.head.go_to(2.04)
    seen()
    with qtbot.waitSignal(page.stretch_changed):
        _do(page, "set_b")
    start_s, end_s = page.stretch() or (0.0, 0.0)
    assert (round(start_s, 2), round(end_s, 2)) == (1.2, 2.04)
    numbers: list[int] = []
    page.surface.painted.connect(lambda image: numbers.append(_number(image)))
    page.head.go_to(1.2)
    seen()
    page.toggle()
    qtbot.waitUntil(lambda: numbers[1:].count(6) >= 3 or bool(page.problem), timeout=20_000)
    assert page.problem == ""
    assert set(numbers) <= {6, 7, 8, 9, 10}
    page.toggle()
    _do(page, "clear_stretch")
    assert page.stretch() is None
    assert not page._shortcuts.action("clear_stretch").isEnabled()


def test_a_film_plays_on_from_where_it_stands_and_stands_where_it_was_stopped(
    page: FilmPage, film: Path, seen: Callable[[], int], qtbot: QtBot
) -> None:
    page.show_item(_item(film), QImage(), 3.04)
    page.head.go_to(1.2)
    assert seen() == 6
    numbers: list[int] = []
    page.surface.painted.connect(lambda image: numbers.append(_number(image)))
    page.toggle()
    qtbot.waitUntil(lambda: 9 in numbers or bool(page.problem), timeout=20_000)
    page.toggle()
    stood = numbers[-1]
    assert numbers[0] in (5, 6), numbers
    _do(page, "next_frame")
    assert seen() == stood + 1
    page.head.go_to(3.04)
    assert seen() == 12
    page.toggle()
    qtbot.waitUntil(lambda: 1 in numbers or bool(page.problem), timeout=20_000)  # at its end it begins anew


def test_the_frame_that_is_shown_can_be_copied_whole(
    page: FilmPage, film: Path, seen: Callable[[], int], qtbot: QtBot
) -> None:
    page.show_item(_item(film), QImage(), 3.04)
    page.head.go_to(2.05)
    with qtbot.waitSignal(page.head.copied, timeout=20_000) as copied:
        page.head.copy_frame()
    image, second = copied.args or (QImage(), 0.0)
    assert (image.width(), image.height(), _number(image)) == (96, 64, 10)
    assert second == pytest.approx(2.04, abs=0.001)


def test_what_qt_cannot_play_still_shows_its_frames(
    page: FilmPage, film: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_item(_item(film), QImage(), 3.04)
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    page.toggle()
    assert "Videos cannot be played here" in page.problem
    with qtbot.waitSignal(page.surface.painted, timeout=20_000) as painted:
        page.head.go_to(2.05)
    assert _number(painted.args[0] if painted.args else QImage()) == 10


def test_what_is_said_follows_the_film_and_leads_there(page: FilmPage, film: Path, seen: Callable[[], int]) -> None:
    page.show_item(_item(film), QImage(), 3.04)
    assert not page.transcript.isVisible()
    page.show_transcript([Sentence(0.0, 0.4, "Good evening."), Sentence(1.2, 2.5, "To all of you, " * 9)])
    assert page.transcript.isVisible()
    page.head.go_to(0.5)
    seen()
    assert page.transcript.currentIndex().data() == "Good evening."
    second = page.transcript.model().index(1, 0)
    place = page.transcript.visualRect(second)
    assert place.height() > 2 * page.transcript.visualRect(page.transcript.currentIndex()).height(), "it is wrapped"
    QTest.mouseClick(page.transcript.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert seen() == 6
    assert page.transcript.currentIndex() == second
    _do(page, "transcript")
    assert not page.transcript.isVisible()


def test_sound_and_speed_are_as_chosen(page: FilmPage) -> None:
    page.set_sound(35, is_muted=True)
    assert page.sound == (35, True)
    page.controls._volume.setValue(60)
    assert page.sound == (60, False), "whoever moves the volume wants to hear something"
    speeds = []
    for steps in (1, -1, -1, -20, 20):
        page.controls.step_speed(steps)
        speeds.append(page.controls.speed)
    assert speeds == [1.25, 1.0, 0.75, 0.25, 4.0]


def test_times_are_told_as_clocks_do() -> None:
    assert [clock(7.999), clock(61.0), clock(3723.5)] == ["0:07", "1:01", "1:02:03"]
    assert clock(42.289, is_exact=True) == "0:42.28"


def test_a_line_that_goes_away_is_let_go_of(page: FilmPage, film: Path) -> None:
    page.show_item(_item(film), QImage(), 3.04)
    QTest.mousePress(page.line, Qt.MouseButton.LeftButton, pos=QPoint(50, 10))
    assert page.line.isSliderDown()
    page.hide()
    assert not page.line.isSliderDown()


@pytest.mark.parametrize("width", [640, 820, 1200])
def test_the_time_is_never_cut_off(page: FilmPage, film: Path, width: int) -> None:
    page.resize(width, 500)
    page.show_item(_item(film), QImage(), 3.04)
    page.show_parts([], [Part(0.5, 1.2, 0.533)])
    page.show_transcript([Sentence(0.0, 0.4, "Good evening.")])
    page.head.mark((0.5, 1.0))
    QTest.qWait(20)
    controls = page.controls
    assert controls.time.width() >= controls.time.sizeHint().width()
    assert controls._volume.isVisible() is (width == 1200)
