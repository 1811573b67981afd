"""The line that says what there is not: shown until it is closed, and never again."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.views import hint
from desktop.views.hint import Hint, hint_at_missing_card
from desktop.views.main_window import MainWindow
from engines.inference.graphics_cards import nvidia_cards


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow("Image Engine")
    qtbot.addWidget(window)
    window.show()
    return window


def look_for_cards(window: MainWindow, session: Session, qtbot: QtBot) -> list[Hint]:
    """The hints there are when the driver has answered."""
    hint_at_missing_card(window, session)
    qtbot.waitUntil(lambda: session.background.is_idle)
    return [one for one in window.findChildren(Hint) if one.isVisible()]


def test_a_missing_card_is_told_until_the_line_is_closed(
    window: MainWindow, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hint, "nvidia_cards", lambda: ())
    (line,) = look_for_cards(window, session, qtbot)
    assert line.height() == 36
    (close,) = line.findChildren(QToolButton)
    close.click()
    assert not line.isVisible()
    assert not look_for_cards(window, session, qtbot)


def test_nothing_is_told_where_there_is_a_card(
    window: MainWindow, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hint, "nvidia_cards", lambda: ("NVIDIA GeForce RTX 3060",))
    assert not look_for_cards(window, session, qtbot)


def test_the_driver_is_asked_without_a_fault_whether_it_is_there_or_not() -> None:
    assert all(name for name in nvidia_cards())
