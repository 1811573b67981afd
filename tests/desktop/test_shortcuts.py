"""Keys: no two commands fight for one, a person may change them, and actions follow at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.shortcuts import TABLE, Shortcut, Shortcuts, is_key
from engines.settings import Settings


@pytest.mark.parametrize("shortcut", TABLE.values(), ids=lambda shortcut: shortcut.id)
def test_default_keys_are_keys_and_nobody_elses(shortcut: Shortcut, qtbot: QtBot) -> None:
    shortcuts = Shortcuts()
    for key in shortcut.keys:
        assert is_key(key)
        assert shortcuts.in_the_way(shortcut.id, key) == []


def test_a_pressed_key_triggers_the_command(qtbot: QtBot) -> None:
    shortcuts, widget = Shortcuts(), QWidget()
    qtbot.addWidget(widget)
    action = shortcuts.action("settings")
    widget.addAction(action)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    with qtbot.waitSignal(action.triggered):
        QTest.keyClick(widget, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)


def test_an_action_gets_other_keys_at_once(qtbot: QtBot) -> None:
    shortcuts = Shortcuts()
    action = shortcuts.action("favourite")
    with qtbot.waitSignal(shortcuts.changed):
        shortcuts.take(shortcuts.changes_with("favourite", ["Ctrl+D"]))
    assert action.shortcuts() == [QKeySequence("Ctrl+D")]
    assert shortcuts.action("favourite") is action


def test_a_key_that_is_taken_over_is_freed_where_it_was(qtbot: QtBot) -> None:
    shortcuts = Shortcuts()
    assert [other.id for other in shortcuts.in_the_way("hide", "f")] == ["favourite"]
    shortcuts.take(shortcuts.changes_with("hide", ["F"]))
    assert (shortcuts.keys("hide"), shortcuts.keys("favourite")) == (("F",), ())
    assert shortcuts.in_the_way("hide", "F") == []


def test_the_same_key_may_mean_two_things_in_two_places(qtbot: QtBot) -> None:
    assert [other.id for other in Shortcuts().in_the_way("zoom_in", "Esc")] == ["close_viewer"]


def test_default_keys_come_back_and_are_not_written_down(qtbot: QtBot) -> None:
    shortcuts = Shortcuts(["favourite=Ctrl+D"])
    assert shortcuts.changes_with("favourite", None) == ()


def test_changed_keys_travel_through_the_settings(qtbot: QtBot) -> None:
    changes = Shortcuts().changes_with("settings", ["Ctrl+,", "F2"])
    settings = Settings().with_value("shortcuts.keys", changes)
    assert Shortcuts(settings.shortcuts.keys).keys("settings") == ("Ctrl+,", "F2")


def test_what_the_settings_say_of_unknown_commands_and_keys_is_passed_over(qtbot: QtBot) -> None:
    shortcuts = Shortcuts(["nothing=Ctrl+D", "hide=Quux H", "no sense"])
    assert shortcuts.keys("hide") == ("H",)
