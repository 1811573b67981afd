"""Pictures beside each other: in step, sharp, and judged from the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.item_commands import ItemCommands
from desktop.notices import Notice
from desktop.session import Session
from desktop.views.viewer.camera import Camera
from desktop.views.viewer.panes import columns_for
from desktop.views.viewer.viewer import Viewer
from engines.search.find import matching


@pytest.fixture
def commands(session: Session, viewer: Viewer) -> ItemCommands:
    commands = ItemCommands(session, viewer)
    commands.give_keys_to(viewer)
    session.compare_requested.connect(viewer.compare)
    return commands


@pytest.fixture
def comparing(
    viewer: Viewer, photos: list[int], commands: ItemCommands, rest: Callable[[], None], qtbot: QtBot
) -> Viewer:
    """The three photos beside each other."""
    viewer.compare(photos)
    rest()
    qtbot.waitUntil(lambda: viewer.comparison.panes.ids == photos)
    rest()
    return viewer


def test_all_are_zoomed_and_panned_together_and_sharp_to_the_pixel(
    comparing: Viewer, rest: Callable[[], None], photos: list[int]
) -> None:
    first, *others = comparing.comparison.panes.views
    QCursor.setPos(comparing.mapToGlobal(QPoint(-100, -100)))  # where it lies in no picture, the middle stays
    QTest.keyClick(comparing, Qt.Key.Key_Z)
    rest()
    for view in (first, *others):
        assert view.camera.scale == 1.0
        assert view.is_sharp
        image = view.grab().toImage()
        row = [image.pixelColor(x, image.height() // 2).red() for x in range(image.width())]
        assert sorted(row)[-2:] == [0, 255], "one column of white pixels, and nothing smeared beside it"
    QTest.mousePress(first, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(first, QPoint(40, 130))
    QTest.mouseRelease(first, Qt.MouseButton.LeftButton, pos=QPoint(40, 130))
    rest()
    assert first.camera.centre == QPointF(1260, 770)
    assert all(view.camera.centre == first.camera.centre for view in others)
    QTest.keyClick(comparing, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert all(view.camera.zoom is None for view in (first, *others))


def test_keys_judge_the_current_one(
    comparing: Viewer, session: Session, photos: list[int], rest: Callable[[], None]
) -> None:
    QTest.keyClick(comparing, Qt.Key.Key_Right)
    QTest.keyClick(comparing, Qt.Key.Key_4)
    rest()
    QTest.keyClick(comparing, Qt.Key.Key_Right)
    QTest.keyClick(comparing, Qt.Key.Key_Right)
    QTest.keyClick(comparing, Qt.Key.Key_P)
    rest()
    assert matching(session.library, "rating:4") == [photos[1]]
    assert matching(session.library, "is:picked") == [photos[2]]
    names = [view.accessibleName() for view in comparing.comparison.panes.views]
    assert [name.partition(", ")[2] for name in names] == ["not rated", "4 of 5 stars", "not rated, picked"]


def test_esc_leads_back_to_the_grid_where_it_was_asked_for_there(
    viewer: Viewer, session: Session, photos: list[int], rest: Callable[[], None], qtbot: QtBot
) -> None:
    viewer.hide()
    session.selection.select(photos, photos[0])
    with qtbot.waitSignal(viewer.opened):
        viewer.compare(photos)
    viewer.show()
    rest()
    with qtbot.waitSignal(viewer.closed):
        session.shortcuts.action("close_viewer").trigger()
    assert viewer.comparison.ids == []
    assert list(session.selection.ids) == photos


def test_c_in_the_viewer_adds_neighbours_and_esc_leads_back_to_the_one_picture(
    viewer: Viewer, commands: ItemCommands, photos: list[int], rest: Callable[[], None]
) -> None:
    viewer.open(photos[0])
    rest()
    QTest.keyClick(viewer, Qt.Key.Key_C)
    rest()
    assert viewer.comparison.panes.ids == photos[:2]
    QTest.keyClick(viewer, Qt.Key.Key_C)
    rest()
    assert viewer.comparison.panes.ids == photos
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    rest()
    assert not viewer.is_comparing
    assert viewer.picture.item is not None
    assert viewer.picture.item.id == photos[1]
    assert viewer.isVisible()


def test_the_current_pane_shows_the_next_photo_at_the_same_place(
    viewer: Viewer, commands: ItemCommands, photos: list[int], rest: Callable[[], None]
) -> None:
    viewer.open(photos[0])
    viewer.compare(photos[:2])
    rest()
    QTest.keyClick(viewer, Qt.Key.Key_Z)
    QTest.keyClick(viewer, Qt.Key.Key_Down)
    rest()
    assert viewer.comparison.panes.ids == [photos[2], photos[1]]
    assert [view.camera.scale for view in viewer.comparison.panes.views] == [1.0, 1.0]
    QTest.keyClick(viewer, Qt.Key.Key_Up)
    rest()
    assert viewer.comparison.panes.ids == photos[:2]


def test_what_is_removed_is_compared_no_more(
    comparing: Viewer, session: Session, photos: list[int], rest: Callable[[], None], qtbot: QtBot
) -> None:
    QTest.keyClick(comparing, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: comparing.comparison.panes.ids == photos[1:], timeout=5000)
    rest()
    QTest.keyClick(comparing, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not comparing.is_comparing, timeout=5000)
    rest()
    assert comparing.picture.item is not None
    assert comparing.picture.item.id == photos[2]


def test_a_single_photo_has_nothing_beside_it(
    viewer: Viewer, commands: ItemCommands, session: Session, photos: list[int], rest: Callable[[], None], qtbot: QtBot
) -> None:
    session.editing.remove(removed=True)
    with qtbot.waitSignal(session.shown_changed):
        session.search.ask("name:0")
    rest()
    told: list[Notice] = []
    session.notices.listen(told.append)
    viewer.compare([photos[-1]])
    assert [notice.text for notice in told] == ["There is nothing to compare it with."]
    assert not viewer.is_comparing


def test_pictures_of_other_sizes_show_the_same_part() -> None:
    large = Camera(QSizeF(4000, 3000), QSizeF(500, 500)).zoomed(1.0, QPointF(400, 250))
    small = Camera(QSizeF(2000, 1500), QSizeF(500, 500)).in_step_with(large)
    assert small.scale == 1.0
    assert large.centre is not None
    assert small.centre is not None
    assert small.centre.x() / 2000 == pytest.approx(large.centre.x() / 4000)
    tiny = Camera(QSizeF(200, 150), QSizeF(500, 500)).in_step_with(large)
    assert tiny.zoom is None


@pytest.mark.parametrize(
    ("count", "shape", "columns"),
    [(2, (3, 2), 2), (2, (1, 3), 2), (3, (2, 3), 3), (4, (3, 2), 2), (4, (1, 4), 4), (2, (8, 1), 1)],
)
def test_panes_lie_so_that_pictures_are_largest(count: int, shape: tuple[int, int], columns: int) -> None:
    assert columns_for(QSizeF(1600, 900), [QSizeF(*shape) * 500] * count) == columns


def test_keys_before_the_pictures_do_no_harm(viewer: Viewer, photos: list[int], commands: ItemCommands) -> None:
    viewer.compare(photos)
    QTest.keyClick(viewer, Qt.Key.Key_Z)
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.is_comparing
