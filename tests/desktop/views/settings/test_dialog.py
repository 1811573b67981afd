"""The settings dialog: every option is there once, takes effect at once, and can be found, reset and refused."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QPlainTextEdit, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.views.settings.dialog import PAGES, SettingsDialog, options_of
from desktop.views.settings.keys_page import KeyRow
from desktop.views.settings.row import OptionRow
from engines.settings import options


@pytest.fixture
def dialog(session: Session, qtbot: QtBot) -> SettingsDialog:
    dialog = SettingsDialog(session)
    qtbot.addWidget(dialog)
    dialog.open_page()
    return dialog


def row(dialog: SettingsDialog, key: str) -> OptionRow:
    (found,) = [one for one in dialog.findChildren(OptionRow) if one.option.key == key]
    return found


def control(dialog: SettingsDialog, key: str, kind: type[QWidget]) -> QWidget:
    return row(dialog, key).findChildren(kind)[0]


def key_row(dialog: SettingsDialog, command: str) -> KeyRow:
    (found,) = [one for one in dialog.findChildren(KeyRow) if one.shortcut.id == command]
    return found


def pages(dialog: SettingsDialog) -> list[str]:
    (navigation,) = [one for one in dialog.findChildren(QListWidget)]
    items = [navigation.item(place) for place in range(navigation.count())]
    return [item.text() for item in items if not item.isHidden()]


def test_every_option_stands_on_one_page(dialog: SettingsDialog) -> None:
    shown = [one.option.key for one in dialog.findChildren(OptionRow)]
    assert sorted([*shown, "shortcuts.keys"]) == sorted(options())
    assert all(options_of(page) for page in PAGES)


def test_each_control_has_a_name_and_says_what_it_does(dialog: SettingsDialog) -> None:
    for one in dialog.findChildren(OptionRow):
        (named,) = [child for child in one.findChildren(QWidget) if child.accessibleDescription()]
        assert named.accessibleName()
        assert named.accessibleDescription().endswith(".")


def test_a_change_takes_effect_at_once(dialog: SettingsDialog, session: Session) -> None:
    box = control(dialog, "analysis.workers", QSpinBox)
    assert isinstance(box, QSpinBox)
    box.setValue(3)
    assert session.settings.analysis.workers == 3
    switch = control(dialog, "folders.follow_links", QCheckBox)
    assert isinstance(switch, QCheckBox)
    switch.click()
    assert session.settings.folders.follow_links


def test_a_choice_shows_words_and_sets_the_value(dialog: SettingsDialog, session: Session) -> None:
    box = control(dialog, "appearance.theme", QComboBox)
    assert isinstance(box, QComboBox)
    assert [box.itemText(place) for place in range(box.count())] == ["Like the system", "Dark", "Light"]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert session.settings.appearance.theme == "dark"


def test_a_list_is_taken_when_it_is_left(dialog: SettingsDialog, session: Session) -> None:
    dialog.open_page("folders")
    box = control(dialog, "folders.exclude", QPlainTextEdit)
    assert isinstance(box, QPlainTextEdit)
    box.setFocus()
    box.setPlainText("*.tmp\n\n cache ")
    dialog.search.setFocus()
    assert session.settings.folders.exclude == ("*.tmp", "cache")


def test_a_button_brings_the_default_back(dialog: SettingsDialog, session: Session) -> None:
    session.set_settings(session.settings.with_value("search.limit", 7))
    (button,) = row(dialog, "search.limit").findChildren(QToolButton)
    assert not button.isHidden()
    button.click()
    assert session.settings.search.limit == 100
    assert button.isHidden()


def test_the_search_finds_options_on_all_pages(dialog: SettingsDialog) -> None:
    dialog.search.setText("worker memory")
    assert pages(dialog) == ["Advanced"]
    assert not row(dialog, "analysis.memory_mb").isHidden()
    assert row(dialog, "analysis.job_seconds").isHidden()
    dialog.search.clear()
    assert len(pages(dialog)) == len(PAGES)


def test_the_search_finds_commands_by_name_and_key(dialog: SettingsDialog) -> None:
    dialog.search.setText("favourite")
    assert pages(dialog) == ["Shortcuts"]
    dialog.search.setText("ctrl+shift+m")
    assert [one.shortcut.id for one in dialog.findChildren(KeyRow) if not one.isHidden()] == ["show_in_folder"]


def test_a_pressed_key_becomes_the_commands_own_and_its_loser_is_named(
    dialog: SettingsDialog, session: Session, qtbot: QtBot
) -> None:
    dialog.open_page("shortcuts")
    button = key_row(dialog, "hide").keys
    button.click()
    QTest.keyClick(button, Qt.Key.Key_F)
    assert session.settings.shortcuts.keys == ("favourite=", "hide=F")
    assert key_row(dialog, "favourite").keys.text() == "none"
    assert "Favourite" in " ".join(label.text() for label in dialog.findChildren(type(dialog._fault)))


def test_escape_leaves_the_keys_as_they_were_and_backspace_takes_them_away(
    dialog: SettingsDialog, session: Session
) -> None:
    dialog.open_page("shortcuts")
    button = key_row(dialog, "hide").keys
    button.click()
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert (session.settings.shortcuts.keys, button.text()) == ((), "H")
    button.click()
    QTest.keyClick(button, Qt.Key.Key_Backspace)
    assert session.settings.shortcuts.keys == ("hide=",)


def test_a_sign_that_needs_shift_is_the_sign_alone(dialog: SettingsDialog, session: Session) -> None:
    dialog.open_page("shortcuts")
    button = key_row(dialog, "hide").keys
    button.click()
    QTest.keyClick(button, Qt.Key.Key_Exclam, Qt.KeyboardModifier.ShiftModifier)
    assert session.settings.shortcuts.keys == ("hide=!",)


def test_a_page_can_be_asked_for(dialog: SettingsDialog) -> None:
    for place, page in enumerate(PAGES):
        dialog.open_page(page)
        assert dialog._pages.currentIndex() == place


def test_a_step_of_the_analysis_is_switched_off_and_on(dialog: SettingsDialog, session: Session) -> None:
    session.set_settings(session.settings.with_value("analysis.phases_off", ["of another version"]))
    (objects,) = [one for one in row(dialog, "analysis.phases_off").findChildren(QCheckBox) if one.text() == "Objects"]
    objects.click()
    assert session.settings.analysis.phases_off == ("of another version", "objects")
    objects.click()
    assert len(session.settings.analysis.phases_off) == 1
