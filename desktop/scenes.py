"""What `--view` opens: places of the window that a person reaches with a key or a click, opened the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QApplication, QWidget

from desktop.search import DUPLICATES
from desktop.session import Session
from desktop.views.main_window import MainWindow

_Open = Callable[[Session], None]


def _viewer(session: Session) -> None:
    if _select_first(session) and session.selection.current is not None:
        session.viewer_requested.emit(session.selection.current)


def _info(session: Session) -> None:
    _select_first(session)
    session.info_requested.emit(True)


def _select_first(session: Session) -> bool:
    """False where nothing is shown."""
    if session.shown is None or not len(session.shown):
        return False
    session.selection.select_one(int(session.shown.ids[0]))
    return True


def _command(name: str) -> _Open:
    return lambda session: session.shortcuts.action(name).trigger()


def _duplicates(session: Session) -> None:
    session.search.add(DUPLICATES)


SCENES: Mapping[str, _Open] = {
    "duplicates": _duplicates,
    "viewer": _viewer,
    "info": _info,
    "activity": _command("show_activity"),
    "cockpit": _command("show_cockpit"),
    "settings": _command("settings"),
    "networks": lambda session: session.settings_requested.emit("networks"),
    "cloud": lambda session: session.settings_requested.emit("cloud"),
    "folders": _command("folders"),
    "keys": _command("keys"),
}


def open_scene(name: str, window: MainWindow, session: Session) -> QWidget:
    """Open it, once what it starts from is shown; returns the window to look at: the dialog, where it is one."""
    SCENES[name](session)
    dialogs = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not window]
    return dialogs[-1] if dialogs else window
