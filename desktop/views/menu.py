"""The one menu about photos and videos, in every view with the same entries in the same order."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.icons import icon
from desktop.item_commands import LABELS, ItemCommands
from desktop.words import phase_title

_ICONS = {
    "show_in_folder": "folder-open",
    "find_similar": "images",
    "compare": "columns-2",
    "describe": "cloud",
    "detect_products": "cloud",
    "suggest_tags": "cloud",
    "tag": "tag",
    "favourite": "heart",
    "copy_file": "copy",
    "hide": "eye-off",
    "remove": "circle-x",
    "trash": "trash-2",
    "properties": "info",
}


def item_menu(commands: ItemCommands, parent: QWidget) -> QMenu:
    """For the targets of now. The caller shows it and deletes it afterwards."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for name, icon_name in _ICONS.items():
        commands.actions[name].setIcon(icon(icon_name))
    _add(menu, _tr("Open"), commands.open, "image")
    _add(menu, _tr("Open with…"), commands.open_with, "external-link")
    menu.addAction(commands.actions["show_in_folder"])
    menu.addSeparator()
    for name in ("find_similar", "compare", "describe", "detect_products", "suggest_tags"):
        menu.addAction(commands.actions[name])
    _add_analysis(menu, commands)
    menu.addSeparator()
    _add_rating(menu, commands)
    _add_labels(menu, commands)
    for name in ("favourite", "tag"):
        menu.addAction(commands.actions[name])
    menu.addSeparator()
    for name in ("copy_file", "copy_path"):
        menu.addAction(commands.actions[name])
    _add(menu, _tr("Export facts…"), commands.export_facts, "download")
    menu.addSeparator()
    for name, hint in _leaving().items():
        commands.actions[name].setToolTip(hint)
        menu.addAction(commands.actions[name])
    menu.addSeparator()
    menu.addAction(commands.actions["properties"])
    return menu


def _leaving() -> dict[str, str]:
    """The commands after which an item is not shown any more, with what becomes of its files."""
    return {
        "hide": _tr("Shows them no more; is:hidden finds them."),
        "remove": _tr("Takes them out of the library. Their files stay where they are."),
        "trash": _tr("Moves the files themselves to the system's trash, after a question."),
    }


def show_menu(commands: ItemCommands, parent: QWidget, position: QPoint) -> None:
    """position: on the screen. Without anything selected there is nothing to be done."""
    if commands.targets:
        menu = item_menu(commands, parent)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(position)


def _add(menu: QMenu, text: str, slot: object, icon_name: str = "") -> QAction:
    action = menu.addAction(icon(icon_name), text) if icon_name else menu.addAction(text)
    action.triggered.connect(slot)
    return action


def _add_analysis(menu: QMenu, commands: ItemCommands) -> None:
    submenu = menu.addMenu(icon("refresh-cw"), _tr("Analyse again"))
    everything = commands.actions["analyse_again"]
    submenu.addAction(everything)
    submenu.addSeparator()
    for phase in commands.phases:
        _add(submenu, phase_title(phase.name), partial(_analyse, commands, phase.name))


def _analyse(commands: ItemCommands, name: str, checked: bool = False) -> None:
    commands.analyse_again([name])


def _add_rating(menu: QMenu, commands: ItemCommands) -> None:
    submenu = menu.addMenu(icon("star"), _tr("Rate"))
    for stars in range(5, -1, -1):
        submenu.addAction(commands.actions[f"rate_{stars}"])
    submenu.addSeparator()
    submenu.addAction(commands.actions["pick"])
    submenu.addAction(commands.actions["reject"])
    submenu.addAction(commands.actions["unrate"])


def _add_labels(menu: QMenu, commands: ItemCommands) -> None:
    submenu = menu.addMenu(icon("palette"), _tr("Colour label"))
    for label in LABELS:
        submenu.addAction(commands.actions[f"label_{label}"])
    submenu.addSeparator()
    _add(submenu, _tr("No label"), commands.take_label)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menu", text)
