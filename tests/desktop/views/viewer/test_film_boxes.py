"""Products over a film: at the seconds where they were seen, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.notices import Notice
from desktop.session import Session
from desktop.views.viewer.film import FilmPage
from desktop.views.viewer.film_boxes import FilmBoxes
from engines.library.showing import Box
from tests.shelf import Shelf

PRODUCTS = [
    {"name": "oat milk", "confidence": 0.9, "box": [0.25, 0.5, 0.5, 0.25], "time_s": 4.0},
    {"name": "coke can", "confidence": 0.7, "box": [0.0, 0.0, 0.2, 0.2], "time_s": 12.5},
    {"name": "tea", "time_s": 4.0},  # without a place
]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[FilmPage]:
    page = FilmPage(session.shortcuts)
    qtbot.addWidget(page)
    page.resize(900, 500)
    with qtbot.waitExposed(page):
        page.show()
    yield page
    page.shut_down()


@pytest.fixture
def media_id(session: Session, tmp_path: Path) -> int:
    shelf = Shelf(tmp_path, session.library)
    path = shelf.put("a.mp4")
    shelf.take_in(path)
    media_id = shelf.media_id(path)
    session.library.type_in([media_id], {"products": PRODUCTS})
    return media_id


def test_a_box_is_shown_at_its_second_alone(page: FilmPage, session: Session, media_id: int, qtbot: QtBot) -> None:
    told: list[Notice] = []
    session.notices.listen(told.append)
    boxes = FilmBoxes(session, page)
    page.show_item(session.library.items([media_id])[media_id], QImage(), 30.0)
    boxes.switch(True)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].text == "Products were seen at 0:04, 0:12."
    assert told[0].action is not None
    assert told[0].action.text == "Go to 0:04"
    page.head.moved.emit(4.3)
    assert page.surface.boxes == [Box("oat milk", 0.9, 0.25, 0.5, 0.5, 0.25)]
    page.head.moved.emit(8.0)
    assert page.surface.boxes == []
    page.head.moved.emit(12.5)
    assert [box.label for box in page.surface.boxes] == ["coke can"]
    boxes.switch(False)
    assert page.surface.boxes == []


def test_a_box_lies_on_the_frame_and_not_on_the_poster(page: FilmPage) -> None:
    surface = page.surface
    black = QImage(400, 100, QImage.Format.Format_RGB32)
    black.fill(QColor("black"))
    surface.show_poster(black)
    surface.show_boxes([Box("oat milk", 0.9, 0.25, 0.5, 0.5, 0.25)])
    high = 100 * surface.width() / 400  # the picture is as wide as the surface
    lower_edge = surface.width() // 2, round((surface.height() - high) / 2 + 0.75 * high)
    assert surface.grab().toImage().pixelColor(*lower_edge) == QColor("black")
    surface.show_frame(black)
    assert surface.grab().toImage().pixelColor(*lower_edge) == theme.colour("accent")
