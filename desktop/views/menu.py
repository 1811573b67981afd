"""The one menu about photos and videos, in every view with the same entries in the same order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.icons import icon
from desktop.item_commands import LABELS, ItemCommands
from desktop.session import Session
from desktop.words import phase_title, span
from engines.analysis.cloud_phases import DESCRIPTION, PRODUCTS, SUGGESTED_TAGS

Stretch = tuple[float, float]  # seconds of a video: from, to
Submenu = Callable[[QWidget], QMenu]  # made for the menu that it stands in

# What a service can be asked: the command, and the phase that it asks for.
_ASKING = {"describe": DESCRIPTION.name, "detect_products": PRODUCTS.name, "suggest_tags": SUGGESTED_TAGS.name}

_ICONS = {
    "show_in_folder": "folder-open",
    "find_similar": "images",
    "compare": "columns-2",
    **dict.fromkeys(_ASKING, "cloud"),
    "tag": "tag",
    "favourite": "heart",
    "copy_file": "copy",
    "hide": "eye-off",
    "remove": "circle-x",
    "trash": "trash-2",
    "properties": "info",
}


def item_menu(
    commands: ItemCommands, parent: QWidget, part: Submenu | None = None, of_film: Sequence[QAction] = ()
) -> QMenu:
    """For the targets of now. The caller shows it and deletes it afterwards.

    part: about a marked part of a video. of_film: what can be taken out of the video that is shown.
    """
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for name, icon_name in _ICONS.items():
        commands.actions[name].setIcon(icon(icon_name))
    _add(menu, _tr("Open"), commands.open, "image")
    _add(menu, _tr("Open with…"), commands.open_with, "external-link")
    menu.addAction(commands.actions["show_in_folder"])
    menu.addSeparator()
    for name in ("find_similar", "compare", *_ASKING):
        menu.addAction(commands.actions[name])
    if part is not None:
        menu.addMenu(part(menu))
    _add_analysis(menu, commands)
    menu.addSeparator()
    _add_rating(menu, commands)
    _add_labels(menu, commands)
    for name in ("favourite", "tag"):
        menu.addAction(commands.actions[name])
    menu.addSeparator()
    for name in ("copy_file", "copy_path"):
        menu.addAction(commands.actions[name])
    menu.addActions([action for action in of_film if action.isEnabled()])
    _add(menu, _tr("Export facts…"), commands.export_facts, "download")
    menu.addSeparator()
    for name, hint in _leaving().items():
        commands.actions[name].setToolTip(hint)
        menu.addAction(commands.actions[name])
    menu.addSeparator()
    menu.addAction(commands.actions["properties"])
    return menu


def stretch_menu(session: Session, media_id: int, stretch: Stretch, parent: QWidget) -> QMenu:
    """What a service can be asked about a part of a video, a moment too. The caller shows it and deletes it after."""
    menu = QMenu(span(stretch), parent)
    menu.setIcon(icon("film"))
    for name, phase in _ASKING.items():
        ask = partial(session.stretch_asking_requested.emit, phase, media_id, stretch)
        _add(menu, session.shortcuts.action(name).text(), ask, "cloud")
    return menu


def _leaving() -> dict[str, str]:
    """The commands after which an item is not shown any more, with what becomes of its files."""
    return {
        "hide": _tr("Shows them no more; is:hidden finds them."),
        "remove": _tr("Takes them out of the library. Their files stay where they are."),
        "trash": _tr("Moves the files themselves to the system's trash, after a question."),
    }


def show_menu(
    commands: ItemCommands,
    parent: QWidget,
    position: QPoint,
    part: Submenu | None = None,
    of_film: Sequence[QAction] = (),
) -> None:
    """position: on the screen. Without anything selected there is nothing to be done. The rest: see item_menu()."""
    if commands.targets:
        menu = item_menu(commands, parent, part, of_film)
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
