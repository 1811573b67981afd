"""The viewer over real files, with its worker processes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.views.viewer.viewer import Viewer
from engines.search.find import matching


def _grabbed(viewer: Viewer) -> QImage:
    return viewer.picture.grab().toImage()


def test_a_photo_is_shown_whole_then_sharp_to_the_pixel(
    viewer: Viewer, photos: list[int], rest: Callable[[], None]
) -> None:
    viewer.open(photos[0])
    rest()
    assert viewer.picture.item is not None
    assert viewer.picture.camera.scale == pytest.approx(900 / 2400)
    viewer.picture.zoom_to(1.0)
    rest()
    assert viewer.picture.is_sharp
    image = _grabbed(viewer)
    row = [image.pixelColor(x, image.height() // 2).red() for x in range(image.width())]
    assert sorted(row)[-2:] == [0, 255], "one column of white pixels, and nothing smeared beside it"


def test_neighbours_are_a_key_away_and_the_selection_follows(
    viewer: Viewer, photos: list[int], session: Session, rest: Callable[[], None], qtbot: QtBot
) -> None:
    viewer.open(photos[0])
    rest()
    session.shortcuts.action("next").trigger()
    rest()
    assert session.selection.current == photos[1]
    session.editing.rate(5)
    rest()
    assert matching(session.library, "rating:5") == [photos[1]]
    session.shortcuts.action("previous").trigger()
    session.shortcuts.action("previous").trigger()
    rest()
    assert session.selection.current == photos[0]


def test_commands_are_for_what_is_selected_again_once_the_viewer_is_closed(
    viewer: Viewer, photos: list[int], session: Session, rest: Callable[[], None], qtbot: QtBot
) -> None:
    viewer.open(photos[1])
    rest()
    assert session.editing.targets == [photos[1]]
    with qtbot.waitSignal(viewer.closed):
        session.shortcuts.action("close_viewer").trigger()
    viewer.hide()
    session.selection.select(photos, photos[0])
    assert session.editing.targets == photos


def test_a_removed_item_makes_room_for_its_neighbour(
    viewer: Viewer, photos: list[int], session: Session, rest: Callable[[], None], qtbot: QtBot
) -> None:
    viewer.open(photos[0])
    rest()
    session.editing.remove()
    qtbot.waitUntil(lambda: session.selection.current == photos[1], timeout=5000)
    rest()


def test_a_file_that_is_gone_says_so(
    viewer: Viewer, photos: list[int], session: Session, rest: Callable[[], None]
) -> None:
    item = session.library.items([photos[0]])[photos[0]]
    Path(item.path).unlink()
    viewer.open(photos[0])
    rest()
    assert "it is no longer there" in viewer.message


def test_a_slide_show_goes_round_until_a_person_ends_it(
    viewer: Viewer, photos: list[int], session: Session, rest: Callable[[], None], qtbot: QtBot
) -> None:
    viewer.open(photos[0])
    rest()
    viewer.slides.photo_ms = 50
    seen = []
    session.selection.changed.connect(lambda: seen.append(session.selection.current))
    with qtbot.waitSignal(viewer.slides.began_or_ended):
        session.shortcuts.action("slide_show").trigger()
    assert viewer.strip.isHidden()
    qtbot.waitUntil(lambda: len(seen) >= 4)
    assert seen[:4] == [photos[1], photos[2], photos[0], photos[1]]
    with qtbot.assertNotEmitted(viewer.closed), qtbot.waitSignal(viewer.slides.began_or_ended):
        session.shortcuts.action("close_viewer").trigger()
    assert not viewer.strip.isHidden()
    rest()
    shown = session.selection.current
    qtbot.wait(120)
    assert session.selection.current == shown


def test_keys_turn_and_zoom_only_what_is_seen(
    viewer: Viewer, photos: list[int], session: Session, rest: Callable[[], None], qtbot: QtBot
) -> None:
    viewer.open(photos[0])
    rest()
    QTest.keyClick(viewer, Qt.Key.Key_BracketRight)
    assert viewer.picture.camera.quarter_turns == 1
    QTest.keyClick(viewer, Qt.Key.Key_Z)
    assert viewer.picture.camera.scale == 1.0
    QTest.keyClick(viewer, Qt.Key.Key_Z)
    assert viewer.picture.camera.zoom is None
    rest()


def test_over_slides_the_pointer_hides_until_it_is_moved(
    viewer: Viewer, photos: list[int], session: Session, rest: Callable[[], None]
) -> None:
    viewer.open(photos[0])
    rest()
    viewer.slides.photo_ms = 60_000
    session.shortcuts.action("slide_show").trigger()
    for screen in (viewer.picture, viewer.film.surface):
        viewer._stack.setCurrentWidget(viewer.picture if screen is viewer.picture else viewer.film)
        QTest.mouseMove(screen, QPoint(200, 200))
        viewer._bar.hide()
        viewer._bar.vanished.emit()
        assert screen.cursor().shape() is Qt.CursorShape.BlankCursor
        QTest.mouseMove(screen, QPoint(210, 200))
        assert screen.cursor().shape() is Qt.CursorShape.ArrowCursor
        assert viewer._bar.isVisible()
    session.shortcuts.action("slide_show").trigger()


def test_a_slide_show_of_one_begins_it_anew(
    viewer: Viewer, photos: list[int], session: Session, rest: Callable[[], None], qtbot: QtBot
) -> None:
    session.search.ask("0.png")
    rest()
    assert session.shown is not None
    (only,) = session.shown.ids.tolist()
    viewer.open(only)
    rest()
    viewer.slides.photo_ms = 20
    session.shortcuts.action("slide_show").trigger()
    for _ in range(2):
        with qtbot.waitSignal(viewer.slides.due):
            pass
    session.shortcuts.action("slide_show").trigger()
    rest()
    assert viewer.picture.item is not None
    assert viewer.picture.item.id == only
