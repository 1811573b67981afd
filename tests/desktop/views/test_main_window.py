"""The window: who has the keys when one view makes room for another."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.views.empty_state import EmptyState
from desktop.views.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    """First a place with a button, then a line; a search at the side."""
    window = MainWindow("Image Engine")
    qtbot.addWidget(window)
    window.add_view("empty", EmptyState("images", "Nothing is here", action="Add"))
    window.add_view("grid", QLineEdit())
    window.set_sidebar(QLineEdit())
    window.show()
    qtbot.waitActive(window)
    return window


def test_the_keys_go_along_with_the_view(window: MainWindow) -> None:
    window.focus_view()
    window.show_view("grid")
    assert QApplication.focusWidget() is window._views["grid"]


def test_the_search_keeps_the_keys_while_views_change(window: MainWindow) -> None:
    search = window._sidebar
    assert search is not None
    search.setFocus()
    window.show_view("grid")
    assert search.hasFocus()


def test_a_full_screen_is_for_what_lies_over_the_view_alone(window: MainWindow) -> None:
    picture = QLineEdit()
    window.show_over(picture)
    window.fill_screen(True)
    assert window.isFullScreen()
    assert not any(part.isVisible() for part in (window.toolbar, window.status))
    window.close_over()
    assert all(part.isVisible() for part in (window.toolbar, window.status))
    window.fill_screen(False)
    assert not window.isFullScreen()


def test_a_screen_that_was_full_before_stays_so(window: MainWindow) -> None:
    window.toggle_full_screen()
    window.fill_screen(True)
    window.fill_screen(False)
    assert window.isFullScreen()
