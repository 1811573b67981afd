"""Searching in the whole window with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.views.furnish import furnish
from desktop.views.main_window import MainWindow
from desktop.views.search.box import SearchBox
from desktop.views.search.nothing_found import NothingFound
from desktop.views.view_switch import ViewSwitch
from tests.desktop.search.conftest import settle

KEY = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, filled: Session) -> MainWindow:
    window = MainWindow("Image Engine")
    qtbot.addWidget(window)
    furnish(window, filled)
    window.show()
    qtbot.waitActive(window)
    filled.search.run()
    settle(qtbot, filled)
    window.focus_view()
    return window


def press(qtbot: QtBot, session: Session, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)
    settle(qtbot, session)


@pytest.mark.parametrize("keys", ["/", "Ctrl+F"])
def test_from_the_grid_to_the_box_to_a_hit_and_back(
    qtbot: QtBot, filled: Session, window: MainWindow, keys: str
) -> None:
    box = window.findChild(SearchBox)
    assert isinstance(box, SearchBox)
    grid = QApplication.focusWidget()
    assert grid is not None
    modifier = Qt.KeyboardModifier.ControlModifier if keys == "Ctrl+F" else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(grid, KEY.Key_F if keys == "Ctrl+F" else KEY.Key_Slash, modifier)
    assert box.line.hasFocus()
    QTest.keyClicks(box.line, "dog/2")  # a slash is a letter here
    assert box.line.text() == "dog/2"
    for _ in range(2):
        press(qtbot, filled, KEY.Key_Backspace)
    press(qtbot, filled, KEY.Key_Return)
    assert filled.shown is not None
    assert len(filled.shown) == 10
    press(qtbot, filled, KEY.Key_Escape)
    assert len(filled.shown) == 31
    press(qtbot, filled, KEY.Key_Escape)
    assert grid.hasFocus()


def test_escape_in_the_grid_clears_the_search(qtbot: QtBot, filled: Session, window: MainWindow) -> None:
    filled.search.ask("tag:dog")
    settle(qtbot, filled)
    window.focus_view()
    press(qtbot, filled, KEY.Key_Escape)
    assert filled.search.is_everything


def test_where_nothing_is_found_the_button_is_in_the_centre(qtbot: QtBot, filled: Session, window: MainWindow) -> None:
    filled.search.ask("xylophone")
    settle(qtbot, filled)
    assert window.view == "nothing"
    view = window.findChild(NothingFound)
    assert isinstance(view, NothingFound)
    window.focus_view()
    press(qtbot, filled, KEY.Key_Space)
    assert window.view == "grid"
    assert filled.shown is not None
    assert len(filled.shown) == 31


def test_what_is_selected_and_still_found_stays_selected(qtbot: QtBot, filled: Session, window: MainWindow) -> None:
    filled.selection.select([1, 2], 1)
    filled.search.ask("tag:dog")
    settle(qtbot, filled)
    assert filled.selection.current == 1
    assert 1 in filled.selection.ids


def test_the_switch_leads_to_duplicates_and_products_and_back(
    qtbot: QtBot, filled: Session, window: MainWindow
) -> None:
    (switch,) = window.findChildren(ViewSwitch)
    buttons = {button.accessibleName(): button for button in switch.findChildren(QToolButton)}

    def pressed() -> list[str]:
        return [text for text, button in buttons.items() if button.isChecked()]

    for text, view, query in (
        ("Duplicates", "nothing", "is:duplicate"),  # there are none
        ("Products", "products", "is:duplicate"),
        ("Duplicates", "nothing", "is:duplicate"),
        ("Pictures", "grid", ""),
    ):
        buttons[text].click()
        settle(qtbot, filled)
        assert (pressed(), window.view, filled.search.query) == ([text], view, query)
