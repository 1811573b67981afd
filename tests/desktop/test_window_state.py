"""A window comes back as it was left."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.views.furnish import furnish
from desktop.views.grid.page import GridPage
from desktop.views.main_window import MainWindow
from desktop.views.viewer.film import FilmPage
from desktop.window_state import keep, restore


def make(qtbot: QtBot, session: Session) -> tuple[MainWindow, GridPage]:
    window = MainWindow("Image Engine")
    qtbot.addWidget(window)
    furnish(window, session)
    page = window.findChild(GridPage)
    assert isinstance(page, GridPage)
    return window, page


def film_of(window: MainWindow) -> FilmPage:
    film = window.findChild(FilmPage)
    assert isinstance(film, FilmPage)
    return film


def test_what_was_chosen_is_there_again(qtbot: QtBot, session: Session) -> None:
    window, page = make(qtbot, session)
    page.grid.set_tile_size(222)
    page.crop_action.setChecked(True)
    window.sidebar_action.setChecked(False)
    session.set_sort("size")
    film_of(window).set_sound(35, is_muted=True)
    keep(window, session)
    session.set_sort("newest")
    again, page = make(qtbot, session)
    restore(again, session)
    assert page.grid.tile_size == 222
    assert page.crop_action.isChecked()
    assert not again.sidebar_action.isChecked()
    assert session.sort == "size"
    assert film_of(again).sound == (35, True)


def test_nonsense_in_the_file_is_passed_over(qtbot: QtBot, session: Session) -> None:
    (session.library.folder / "window.ini").write_text("[General]\nsort=sideways\nsquare_tiles=maybe\n", "utf-8")
    window, page = make(qtbot, session)
    restore(window, session)
    assert session.sort == "newest"
    assert page.grid.tile_size > 0
