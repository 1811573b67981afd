"""Where a window was and how its grid looked when it was closed last, in a file beside the library."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QWidget

from desktop.session import Session
from desktop.views.grid.page import GridPage
from desktop.views.main_window import MainWindow
from desktop.views.viewer.film import FilmPage
from engines.library.order import SORTS

_FILE = "window.ini"  # may be deleted at any time
_Child = TypeVar("_Child", bound=QWidget)


def restore(window: MainWindow, session: Session) -> None:
    """Put back what is there and still means something; the rest stays as it is."""
    state, page, film = kept(session.library.folder), _child(window, GridPage), _child(window, FilmPage)
    geometry = state.value("geometry")
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)  # nobody knows the way out
    window.sidebar_action.setChecked(state.value("sidebar", True, bool) is not False)
    window.info_action.setChecked(state.value("info", False, bool) is True)
    page.grid.set_tile_size(int(str(state.value("tile_size", page.grid.tile_size, int))))
    page.crop_action.setChecked(state.value("square_tiles", False, bool) is True)
    volume, is_muted = film.sound
    is_muted = state.value("muted", is_muted, bool) is True
    film.set_sound(min(max(int(str(state.value("volume", volume, int))), 0), 100), is_muted=is_muted)
    sort = str(state.value("sort", session.sort, str))
    if sort in SORTS and sort != "relevance":
        session.set_sort(sort)


def keep(window: MainWindow, session: Session) -> None:
    """Write it down. A folder that cannot be written to keeps what it has; nothing depends on this."""
    state, page, film = kept(session.library.folder), _child(window, GridPage), _child(window, FilmPage)
    state.setValue("geometry", window.saveGeometry())
    state.setValue("sidebar", window.sidebar_action.isChecked())
    state.setValue("info", window.info_action.isChecked())
    state.setValue("tile_size", page.grid.tile_size)
    state.setValue("square_tiles", page.crop_action.isChecked())
    state.setValue("sort", session.sort)
    for name, value in zip(("volume", "muted"), film.sound, strict=True):
        state.setValue(name, value)
    state.sync()


def kept(folder: Path) -> QSettings:
    """What is remembered beside the library in this folder; losing it does no harm."""
    return QSettings(str(folder / _FILE), QSettings.Format.IniFormat)


def _child(window: MainWindow, kind: type[_Child]) -> _Child:
    found = window.findChild(kind)
    if not isinstance(found, kind):
        raise TypeError(f"the window has no {kind.__name__}")
    return found
