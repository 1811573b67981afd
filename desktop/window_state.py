"""Where a window was and how its grid looked when it was closed last, in a file beside the library."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from desktop.session import Session
from desktop.views.grid.page import GridPage
from desktop.views.main_window import MainWindow
from engines.library.order import SORTS

_FILE = "window.ini"  # may be deleted at any time


def restore(window: MainWindow, session: Session) -> None:
    """Put back what is there and still means something; the rest stays as it is."""
    state, page = kept(session.library.folder), _page(window)
    geometry = state.value("geometry")
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)
    window.sidebar_action.setChecked(state.value("sidebar", True, bool) is not False)
    window.info_action.setChecked(state.value("info", False, bool) is True)
    page.grid.set_tile_size(int(str(state.value("tile_size", page.grid.tile_size, int))))
    page.crop_action.setChecked(state.value("square_tiles", False, bool) is True)
    sort = str(state.value("sort", session.sort, str))
    if sort in SORTS and sort != "relevance":
        session.set_sort(sort)


def keep(window: MainWindow, session: Session) -> None:
    """Write it down. A folder that cannot be written to keeps what it has; nothing depends on this."""
    state, page = kept(session.library.folder), _page(window)
    state.setValue("geometry", window.saveGeometry())
    state.setValue("sidebar", window.sidebar_action.isChecked())
    state.setValue("info", window.info_action.isChecked())
    state.setValue("tile_size", page.grid.tile_size)
    state.setValue("square_tiles", page.crop_action.isChecked())
    state.setValue("sort", session.sort)
    state.sync()


def kept(folder: Path) -> QSettings:
    """What is remembered beside the library in this folder; losing it does no harm."""
    return QSettings(str(folder / _FILE), QSettings.Format.IniFormat)


def _page(window: MainWindow) -> GridPage:
    page = window.findChild(GridPage)
    if not isinstance(page, GridPage):
        raise TypeError("the window has no grid")
    return page
