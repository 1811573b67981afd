"""A film gone through on its tile, by the mouse and by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.film_hits import FilmHits
from desktop.session import Session
from desktop.views.grid.grid import Grid
from desktop.views.grid.leafing import Leafing
from engines.library.order import arranged
from engines.search.find import find
from engines.types import Thumbnail
from tests.shelf import Shelf
from tests.watched import COLOURS, film, picture, scene


@pytest.fixture
def grid(qtbot: QtBot, session: Session, tmp_path: Path) -> Grid:
    """A film of three scenes, cat, dog, cat, and a photo before it."""
    shelf = Shelf(tmp_path, session.library)
    film(shelf, "a.mp4", [scene(0, "cat"), scene(10, "dog"), scene(20, "cat")])
    photo = shelf.put("b.jpg", {"taken": "2030-01-01T00:00:00"})
    shelf.take_in(photo)
    white = picture("white")
    for item in session.library.items([1, 2]).values():
        assert item.digest is not None
        session.library.thumbnails.put([(item.digest, Thumbnail(white.data, 64, 36))])
    grid = Grid(session.thumbnails, session.selection, leafing=Leafing(session.library, session.background, session))
    qtbot.addWidget(grid)
    grid.resize(500, 300)
    with qtbot.waitExposed(grid):
        grid.show()
    show(grid, session, qtbot, "")
    return grid


def show(grid: Grid, session: Session, qtbot: QtBot, query: str) -> None:
    results = find(session.library, query, limit=None)
    session.thumbnails.show_hits(FilmHits.of(query, None, results))
    grid.show_order(arranged(session.library.index.columns(), results.ids, "newest"))
    qtbot.waitUntil(lambda: not grid._soon.isActive() and session.thumbnails.is_idle)


def film_row(grid: Grid) -> int:
    assert grid.order is not None
    (row,) = [row for row, media_id in enumerate(grid.order.ids.tolist()) if media_id == 1]
    return row


def place(grid: Grid, row: int, share: float) -> QPoint:
    rect = grid.visualRect(grid.model().index(row, 0))
    return QPoint(rect.x() + int(share * rect.width()), rect.center().y())


def point(grid: Grid, share: float) -> None:
    QTest.mouseMove(grid.viewport(), place(grid, film_row(grid), share))


def double_click(grid: Grid, where: QPoint) -> None:
    """QTest's own leaves the button down."""
    for do in (QTest.mouseDClick, QTest.mouseRelease):
        do(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)


def colour(grid: Grid) -> str:
    """In the middle of the film's tile."""
    return grid.viewport().grab().toImage().pixelColor(place(grid, film_row(grid), 0.5)).name()


def wait_for(qtbot: QtBot, grid: Grid, wanted: str) -> None:
    names = {"white": "#ffffff", **dict(zip(COLOURS, ("#ff0000", "#00ff00", "#0000ff"), strict=False))}
    qtbot.waitUntil(lambda: colour(grid) == names[wanted])


def test_the_mouse_goes_through_a_films_moments_from_left_to_right(grid: Grid, qtbot: QtBot) -> None:
    wait_for(qtbot, grid, "white")
    point(grid, 0.1)
    wait_for(qtbot, grid, "red")
    point(grid, 0.5)
    wait_for(qtbot, grid, "lime")
    point(grid, 0.9)
    wait_for(qtbot, grid, "blue")
    QTest.mouseMove(grid.viewport(), place(grid, 1 - film_row(grid), 0.5))
    wait_for(qtbot, grid, "white")


def test_nothing_is_shown_of_a_film_while_the_grid_is_scrolled(grid: Grid, qtbot: QtBot) -> None:
    point(grid, 0.1)
    wait_for(qtbot, grid, "red")
    grid.moved.emit()
    assert colour(grid) == "#ffffff"


def test_keys_go_through_the_current_film_and_return_opens_what_they_led_to(grid: Grid, qtbot: QtBot) -> None:
    grid.selectionModel().setCurrentIndex(
        grid.model().index(film_row(grid), 0), grid.selectionModel().SelectionFlag.ClearAndSelect
    )
    for _ in range(2):
        grid.leaf(1)
    wait_for(qtbot, grid, "lime")
    with qtbot.waitSignal(grid.moment_opened) as opened:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert opened.args == [1, 10.0]
    QTest.keyClick(grid, Qt.Key.Key_Left)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    wait_for(qtbot, grid, "white")
    with qtbot.waitSignal(grid.opened):
        grid._open(1)


def test_a_film_that_was_found_shows_what_was_found_and_opens_there(grid: Grid, session: Session, qtbot: QtBot) -> None:
    show(grid, session, qtbot, "dog")
    wait_for(qtbot, grid, "lime")
    with qtbot.waitSignal(grid.moment_opened) as opened:
        double_click(grid, place(grid, 0, 0.5))
    assert opened.args == [1, 10.0]
    name = grid.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Found at 0:10\u20130:20" in name


def test_of_several_hits_in_a_film_the_mouse_shows_each(grid: Grid, session: Session, qtbot: QtBot) -> None:
    show(grid, session, qtbot, "cat")
    wait_for(qtbot, grid, "red")
    point(grid, 0.2)
    QTest.qWait(150)
    point(grid, 0.8)
    wait_for(qtbot, grid, "blue")
    with qtbot.waitSignal(grid.moment_opened) as opened:
        double_click(grid, place(grid, 0, 0.8))
    assert opened.args == [1, 20.0]


def test_a_film_of_the_answer_opens_at_its_beginning_where_nothing_was_looked_for(grid: Grid, qtbot: QtBot) -> None:
    point(grid, 0.9)
    wait_for(qtbot, grid, "blue")
    with qtbot.waitSignal(grid.opened) as opened:
        double_click(grid, place(grid, film_row(grid), 0.9))
    assert opened.args == [1]
