"""The grid as a person uses it: keys, mouse, what stays when something else is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent, QMouseEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.item_models.media_list import MediaListModel
from desktop.session import Session
from desktop.views.grid.grid import Grid
from desktop.views.grid.tile import mark_at
from engines.library.made_rows import MadeItem, MadeRows
from engines.library.order import Order, arranged
from engines.types import Fact, Facts, Kind

DAY = 86_400
_NO_KEY = Qt.KeyboardModifier.NoModifier
Show = Callable[..., Order]


def add_files(session: Session, days: list[int]) -> None:
    """One photo a number, taken on that day."""
    items = [
        MadeItem("photos", f"IMG_{place:04}.jpg", Kind.PHOTO, "jpeg", 1000 + place, 100 * DAY + day * DAY + place, {})
        for place, day in enumerate(days)
    ]
    MadeRows(session.library, []).add(items)


@pytest.fixture
def grid(qtbot: QtBot, session: Session) -> Grid:
    """Forty photos of four days, newest first, seven in a line."""
    add_files(session, [0] * 10 + [1] * 3 + [5] * 20 + [9] * 7)
    grid = Grid(session.thumbnails, session.selection)
    qtbot.addWidget(grid)
    grid.resize(1000, 700)
    grid.set_tile_size(120)
    with qtbot.waitExposed(grid):
        grid.show()
    columns = session.library.index.columns()
    grid.show_order(arranged(columns, columns.newest, "newest"))
    qtbot.waitUntil(lambda: session.thumbnails.is_idle)
    return grid


def order_of(grid: Grid) -> Order:
    assert grid.order is not None
    return grid.order


def centre(grid: Grid, row: int) -> QPoint:
    return grid.visualRect(grid.model().index(row, 0)).center()


def click(grid: Grid, row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, centre(grid, row))


def selected(grid: Grid, session: Session) -> list[int]:
    """The selected rows."""
    return list(map(int, order_of(grid).rows_of(session.selection.ids)))


def test_the_item_model_keeps_qts_rules(qtmodeltester: ModelTester, session: Session) -> None:
    add_files(session, [0, 0, 3])
    columns = session.library.index.columns()
    model = MediaListModel(session.thumbnails)
    model.show(arranged(columns, columns.newest, "newest"))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt says no types here
    assert model.index(0).data() == "IMG_0002.jpg"
    assert "IMG_0002.jpg" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_click_selects_one_and_ctrl_adds_and_takes_away(grid: Grid, session: Session) -> None:
    click(grid, 3)
    assert selected(grid, session) == [3]
    click(grid, 9, Qt.KeyboardModifier.ControlModifier)
    assert selected(grid, session) == [3, 9]
    click(grid, 3, Qt.KeyboardModifier.ControlModifier)
    assert selected(grid, session) == [9]
    assert session.selection.current == order_of(grid).ids[3]


def test_shift_takes_all_between_also_across_days(grid: Grid, session: Session) -> None:
    click(grid, 12)
    click(grid, 4, Qt.KeyboardModifier.ShiftModifier)
    assert selected(grid, session) == list(range(4, 13))
    click(grid, 14, Qt.KeyboardModifier.ShiftModifier)
    assert selected(grid, session) == [12, 13, 14]


def test_arrows_walk_and_shift_arrows_extend(grid: Grid, session: Session) -> None:
    click(grid, 7)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(grid, key)
    assert selected(grid, session) == [16]
    QTest.keyClick(grid, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(grid, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert selected(grid, session) == [14, 15, 16]
    QTest.keyClick(grid, Qt.Key.Key_End)
    assert selected(grid, session) == [39]
    QTest.keyClick(grid, Qt.Key.Key_Home)
    assert selected(grid, session) == [0]
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert selected(grid, session) == [0]


@pytest.mark.parametrize("key", [Qt.Key.Key_Home, Qt.Key.Key_Left, Qt.Key.Key_Up])
def test_a_key_on_the_first_item_that_has_only_the_focus_selects_it(grid: Grid, session: Session, key: Qt.Key) -> None:
    grid.setFocus()
    grid.selectionModel().setCurrentIndex(grid.model().index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    QTest.keyClick(grid, key, Qt.KeyboardModifier.ControlModifier)
    assert selected(grid, session) == []
    QTest.keyClick(grid, key)
    assert selected(grid, session) == [0]


def test_page_down_goes_down_and_stays_inside(grid: Grid, session: Session) -> None:
    click(grid, 0)
    for _ in range(20):
        QTest.keyClick(grid, Qt.Key.Key_PageDown)
    last = selected(grid, session)[0]
    assert last > 30
    assert grid.viewport().rect().contains(centre(grid, last))


def test_ctrl_a_selects_everything(grid: Grid, session: Session) -> None:
    QTest.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(session.selection) == 40


def test_enter_and_a_double_click_open(grid: Grid, qtbot: QtBot) -> None:
    click(grid, 2)
    with qtbot.waitSignal(grid.opened) as opened:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert opened.args == [order_of(grid).ids[2]]
    with qtbot.waitSignal(grid.opened) as opened:
        QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, _NO_KEY, centre(grid, 5))
    assert opened.args == [order_of(grid).ids[5]]


def test_a_second_click_on_a_star_rates_and_does_not_open(
    grid: Grid, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session.thumbnails, "picture", lambda media_id: QPixmap(8, 8))
    rect = grid.visualRect(grid.model().index(5, 0))
    inside = (QPoint(x, rect.top() + 16) for x in range(rect.left(), rect.right()))
    star = next(point for point in inside if mark_at(point, rect) == 3)
    rated: list[tuple[int, int]] = []
    opened: list[int] = []
    grid.rated.connect(lambda media_id, stars: rated.append((media_id, stars)))
    grid.opened.connect(opened.append)
    here, button = QPointF(star), Qt.MouseButton.NoButton
    QApplication.sendEvent(grid.viewport(), QMouseEvent(QEvent.Type.MouseMove, here, here, button, button, _NO_KEY))
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, _NO_KEY, star)
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, _NO_KEY, star)
    assert set(rated) == {(int(order_of(grid).ids[5]), 3)}
    assert opened == []


def test_a_band_from_empty_space_takes_what_it_touches(grid: Grid, session: Session) -> None:
    viewport = grid.viewport()
    start = QPoint(4, grid.visualRect(grid.model().index(7, 0)).center().y())
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, _NO_KEY, start)
    for row in (7, 8, 9):
        QTest.mouseMove(viewport, centre(grid, row))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, _NO_KEY, centre(grid, 9))
    assert selected(grid, session) == [7, 8, 9]


def test_a_click_on_a_days_line_selects_the_day(grid: Grid, session: Session) -> None:
    tops = grid.visualRect(grid.model().index(7, 0)).top()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, _NO_KEY, QPoint(60, tops - 20))
    assert selected(grid, session) == list(range(7, 27))


def test_what_is_selected_stays_when_less_is_shown(grid: Grid, session: Session) -> None:
    click(grid, 12)
    click(grid, 15, Qt.KeyboardModifier.ShiftModifier)
    kept = session.selection.ids[1:3]
    columns = session.library.index.columns()
    grid.show_order(arranged(columns, kept, "newest"))
    assert session.selection.ids.tolist() == kept.tolist()


def test_the_view_stays_at_its_item_when_the_window_and_the_tiles_change(grid: Grid) -> None:
    grid.verticalScrollBar().setValue(300)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, _NO_KEY, centre(grid, 20))
    before = grid.visualRect(grid.currentIndex()).top()
    grid.resize(600, 700)
    grid.set_tile_size(90)
    assert abs(grid.visualRect(grid.currentIndex()).top() - before) <= 1


def test_the_view_stays_where_it_is_when_files_vanish_above(grid: Grid, session: Session) -> None:
    grid.verticalScrollBar().setValue(500)
    held, top = order_of(grid).ids[grid.first_row], grid.visualRect(grid.model().index(grid.first_row, 0)).top()
    grid.show_order(arranged(session.library.index.columns(), order_of(grid).ids[3:], "newest"))
    row = order_of(grid).row_of(int(held))
    assert row == grid.first_row
    assert grid.visualRect(grid.model().index(row, 0)).top() == top


def test_another_view_may_select(grid: Grid, session: Session) -> None:
    wanted = order_of(grid).ids[[30, 31]]
    session.selection.select(wanted, int(wanted[1]))
    assert selected(grid, session) == [30, 31]
    assert grid.currentIndex().row() == 31
    assert grid.viewport().rect().contains(centre(grid, 31))


def test_what_is_dragged_out_are_the_files(grid: Grid, session: Session) -> None:
    model = grid.model()
    assert isinstance(model, MediaListModel)
    urls = model.urls(np.asarray(order_of(grid).ids[:2]).tolist())
    assert [url.toLocalFile() for url in urls] == ["/made/photos/IMG_0039.jpg", "/made/photos/IMG_0038.jpg"]


def test_a_screen_reader_finds_every_item_by_name(grid: Grid) -> None:
    interface = QAccessible.queryAccessibleInterface(grid)
    assert interface.childCount() == 40
    assert interface.child(39).text(QAccessible.Text.Name).startswith("IMG_0000.jpg, ")


def test_the_next_day_and_year_are_a_key_away(grid: Grid, session: Session) -> None:
    click(grid, 0)
    grid.go("D", 1)
    assert selected(grid, session) == [7]
    grid.go("D", -1)
    assert selected(grid, session) == [0]
    grid.go("Y", 1)
    assert selected(grid, session) == [0]  # all of them are of one year


def test_a_folder_let_go_over_the_grid_is_handed_on(grid: Grid, qtbot: QtBot, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    left, no_key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(grid.dropped) as dropped:
        grid.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, no_key))
    assert dropped.args == [[str(tmp_path)]]


def test_the_line_above_a_day_names_the_town_of_what_is_seen(qtbot: QtBot, session: Session) -> None:
    places = [(38.71, -9.14), (38.72, -9.13), (41.15, -8.61), None]
    items = [
        MadeItem("photos", f"{number}.jpg", Kind.PHOTO, "jpeg", 1, 100 * DAY + number, {"metadata": position(place)})
        for number, place in enumerate(places)
    ]
    MadeRows(session.library, []).add(items)
    grid = Grid(session.thumbnails, session.selection)
    qtbot.addWidget(grid)
    grid.resize(1000, 700)
    grid.show()
    columns = session.library.index.columns()
    order = arranged(columns, columns.newest, "newest")
    grid.show_order(order)
    assert grid._town_of(order, 0) == ""
    qtbot.waitUntil(lambda: grid._town_of(order, 0) == "Lisbon")


def position(place: tuple[float, float] | None) -> Facts:
    return {} if place is None else {"latitude": Fact(place[0], "exif"), "longitude": Fact(place[1], "exif")}
