"""Films that really play: frames of real files arrive, one after the other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.notices import Notice
from desktop.session import Session
from desktop.views.viewer.film import FilmPage
from desktop.views.viewer.viewer import Viewer
from engines.library.showing import Item
from tests.make_media import make_photo

# What Qt says of itself where there is no sound card, and what FFmpeg says of a file that is no film.
pytestmark = pytest.mark.qt_log_ignore(
    "No audio device", "PulseAudio", "Couldn't", "FFmpeg", "No HW", "RHI", extend=True
)

FILMS = ("multi_scene_h264.mp4", "bird_vp9.webm", "tablet_hevc_portrait.mov", "MVI_4823.AVI")


_FIRST_FILM = """
import sys
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from desktop.views.viewer.film import FilmPage
from engines.library.showing import Item
app = QApplication([])
page = FilmPage()
page.show_item(Item(1, sys.argv[1], "a", "video", "ok", 1, 1, None, None), QImage(4, 4, QImage.Format.Format_RGB32))
assert "PySide6.QtMultimedia" not in sys.modules
page.toggle()
assert "PySide6.QtMultimedia" in sys.modules
page.shut_down()
"""


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[FilmPage]:
    pytest.importorskip("PySide6.QtMultimedia", reason="Qt Multimedia cannot be loaded here", exc_type=ImportError)
    page = FilmPage()
    qtbot.addWidget(page)
    page.resize(640, 400)
    page.show()
    yield page
    page.shut_down()


def _item(path: Path) -> Item:
    return Item(1, os.fspath(path), path.name, "video", "ok", 640, 360, None, None)


def _frames(page: FilmPage) -> list[QImage]:
    """The pictures that arrive from now on."""
    frames: list[QImage] = []
    page.surface.painted.connect(frames.append)
    return frames


@pytest.mark.parametrize("name", FILMS)
def test_a_real_film_plays(page: FilmPage, media_folder: Path, qtbot: QtBot, name: str) -> None:
    frames = _frames(page)
    poster = QImage(16, 9, QImage.Format.Format_RGB32)
    page.show_item(_item(media_folder / "videos" / name), poster)
    page.toggle()
    qtbot.waitUntil(lambda: len(frames) >= 5 or bool(page.problem), timeout=20_000)
    assert page.problem == ""
    assert frames[0] != frames[-1], "the picture moves"
    page.toggle()
    QTest.qWait(200)
    count = len(frames)
    QTest.qWait(400)
    assert len(frames) == count, "a film that is paused stands still"


def test_a_click_beside_the_handle_goes_on_in_the_film(page: FilmPage, media_folder: Path, qtbot: QtBot) -> None:
    page.show_item(_item(media_folder / "videos" / FILMS[0]), QImage())
    page.toggle()
    seek = page.line
    qtbot.waitUntil(lambda: seek.value() > 0 or bool(page.problem), timeout=20_000)
    page.toggle()
    QTest.qWait(200)
    before = seek.value()
    QTest.mouseClick(seek, Qt.MouseButton.LeftButton, pos=QPoint(seek.width() - 2, seek.height() // 2))
    QTest.qWait(400)
    assert seek.value() - before >= 900


def test_a_stretch_belongs_to_one_film(page: FilmPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.show_item(_item(tmp_path / "a.mp4"), QImage())
    assert page.stretch() is None
    with qtbot.waitSignal(page.stretch_changed):
        page.head.mark((1.0, 2.5))
    assert page.stretch() == (1.0, 2.5)
    with pytest.raises(ValueError, match="no stretch"):
        page.head.mark((2.0, 1.0))
    page.show_item(replace(_item(tmp_path / "b.mp4"), id=2), QImage())
    assert page.stretch() is None


def test_a_name_that_is_not_utf_8_plays(page: FilmPage, media_folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.mp4")
    try:
        shutil.copyfile(media_folder / "videos" / FILMS[0], path)
    except OSError:
        pytest.skip("this file system has no such names")
    frames = _frames(page)
    page.show_item(_item(path), QImage())
    page.toggle()
    qtbot.waitUntil(lambda: len(frames) >= 2 or bool(page.problem), timeout=20_000)
    assert page.problem == ""
    assert _holds(path)
    page.stop()
    qtbot.waitUntil(lambda: not _holds(path))


def _holds(path: Path) -> bool:
    """Whether this process has the file open."""
    return any(opened.path == os.fspath(path) for opened in psutil.Process().open_files())


def test_a_film_that_is_gone_says_so_and_plays_when_it_is_back(
    page: FilmPage, media_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "gone.mp4"
    frames = _frames(page)
    page.show_item(_item(path), QImage())
    page.toggle()
    qtbot.waitUntil(lambda: bool(page.problem), timeout=20_000)
    assert page.problem == "The file cannot be read."
    shutil.copyfile(media_folder / "videos" / FILMS[0], path)
    page.toggle()
    qtbot.waitUntil(lambda: len(frames) >= 2 or bool(page.problem), timeout=20_000)
    assert page.problem == ""


def test_what_the_player_has_no_decoder_for_is_told_of_and_gone_through_all_the_same(
    page: FilmPage, media_folder: Path, qtbot: QtBot
) -> None:
    """Qt brings none for AV1; where the graphics card does, it plays."""
    frames = _frames(page)
    page.show_item(_item(media_folder / "videos" / "geese_av1.mkv"), QImage())
    page.toggle()
    qtbot.waitUntil(lambda: bool(frames) or bool(page.problem), timeout=20_000)
    assert frames or "its pictures cannot be decoded" in page.problem
    assert bool(frames) is page.head.is_playing
    page.stop()
    with qtbot.waitSignal(page.surface.painted, timeout=20_000):
        page.head.go_to(1.0)


def test_what_is_no_film_says_so_and_offers_another_program(page: FilmPage, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "no.mp4"
    path.write_bytes(b"no film at all" * 100)
    page.show_item(_item(path), QImage())
    page.toggle()
    qtbot.waitUntil(lambda: bool(page.problem), timeout=20_000)
    assert "cannot be played here" in page.problem


def test_the_poster_is_ours_and_multimedia_is_loaded_with_the_first_film(media_folder: Path) -> None:
    root = Path(__file__).resolve().parents[4]
    film = media_folder / "videos" / FILMS[0]
    subprocess.run([sys.executable, "-c", _FIRST_FILM, film], check=True, cwd=root, timeout=60)


def test_a_slide_show_plays_a_film_to_its_end(
    viewer: Viewer, session: Session, take_in: Callable[[Path], list[int]], rest: Callable[[], None], tmp_path: Path,
    media_folder: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    folder = tmp_path / "films"
    folder.mkdir()
    shutil.copyfile(media_folder / "videos" / "very_short_1s.mp4", folder / "a.mp4")
    (folder / "b.jpg").write_bytes(make_photo())
    ids = take_in(folder)
    (film,) = [one for one in ids if session.library.items([one])[one].is_video]
    viewer.open(film)
    rest()
    viewer.slides.photo_ms = 1
    frames = _frames(viewer.film)
    session.shortcuts.action("slide_show").trigger()
    qtbot.waitUntil(lambda: session.selection.current != film or bool(viewer.film.problem), timeout=30_000)
    session.shortcuts.action("slide_show").trigger()
    assert len(frames) > 10
    rest()


def test_space_plays_a_film_in_the_viewer(
    viewer: Viewer, session: Session, take_in: Callable[[Path], list[int]], rest: Callable[[], None], tmp_path: Path,
    media_folder: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    folder = tmp_path / "films"
    folder.mkdir()
    shutil.copyfile(media_folder / "videos" / FILMS[0], folder / "a.mp4")
    (item,) = take_in(folder)
    viewer.open(item)
    rest()
    assert viewer.film.surface.has_poster, "its own picture is shown before it plays"
    assert viewer.marked is None
    viewer.film.head.mark((0.5, 1.5))
    assert viewer.marked == (item, (0.5, 1.5))
    frames = _frames(viewer.film)
    QTest.keyClick(viewer, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(frames) >= 2 or bool(viewer.film.problem), timeout=20_000)
    assert viewer.film.problem == ""
    viewer.hide()
    assert not viewer.film.is_loaded, "what is not seen does not hold the file"


def test_a_film_that_is_found_opens_at_its_second_and_its_frame_is_copied(
    viewer: Viewer, session: Session, take_in: Callable[[Path], list[int]], rest: Callable[[], None], tmp_path: Path,
    media_folder: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    folder = tmp_path / "films"
    folder.mkdir()
    shutil.copyfile(media_folder / "videos" / FILMS[0], folder / "a.mp4")
    (item,) = take_in(folder)
    viewer.open_at(item, 3.02)
    rest()
    assert viewer.film.surface.has_frame
    assert viewer.film.head.at_s == pytest.approx(3.0, abs=0.001)
    assert not viewer.film.is_loaded, "one frame needs no player"
    QTest.keyClick(viewer, Qt.Key.Key_Period)
    rest()
    assert viewer.film.head.at_s == pytest.approx(3.04, abs=0.001)
    told: list[Notice] = []
    session.notices.listen(told.append)
    session.shortcuts.action("copy_frame").trigger()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert "0:03.04, 640 × 360" in told[0].text  # noqa: RUF001 -- the sign for times
    assert QGuiApplication.clipboard().image().size() == QSize(640, 360)
