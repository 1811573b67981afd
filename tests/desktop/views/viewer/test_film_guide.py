"""What a film's page shows of what the library knows: moments and hits on its line, small pictures over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.views.viewer.film import FilmPage
from desktop.views.viewer.film_guide import FilmGuide
from tests.shelf import Shelf
from tests.watched import film, scene


@pytest.fixture
def shelf(session: Session, tmp_path: Path) -> Shelf:
    return Shelf(tmp_path, session.library)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[FilmPage]:
    page = FilmPage(session.shortcuts)
    qtbot.addWidget(page)
    page.resize(900, 500)
    with qtbot.waitExposed(page):
        page.show()
    yield page
    page.shut_down()


def test_moments_and_hits_are_on_the_line_and_a_hint_over_it(
    page: FilmPage, session: Session, shelf: Shelf, qtbot: QtBot
) -> None:
    guide = FilmGuide(session, page)
    media_id = film(shelf, "a.mp4", [scene(0.0, "dog"), scene(10.0, "cat"), scene(20.0, "dog", "person")])
    page.show_item(session.library.items([media_id])[media_id], QImage(), 30.0)
    qtbot.waitUntil(lambda: len(page.line.moments) == 3)
    assert [moment.start_s for moment in page.line.moments] == [0.0, 10.0, 20.0]
    assert not page.line.hits
    session.search.ask("object:dog")
    qtbot.waitUntil(lambda: len(page.line.hits) == 2)
    assert [hit.time_s for hit in page.line.hits] == [5.0, 25.0]
    assert session.shortcuts.action("next_hit").isEnabled()
    QTest.mouseMove(page.line, QPoint(round(page.line.x_of(12.5)), 10))
    qtbot.waitUntil(lambda: guide.hint.isVisible() and guide.hint.has_picture)
    assert guide.hint.text == "0:12 cat"
    session.search.clear()
    qtbot.waitUntil(lambda: not page.line.hits)
    QTest.mouseMove(page.line, QPoint(round(page.line.x_of(22.5)), 10))
    qtbot.waitUntil(lambda: guide.hint.text.startswith("0:22"))
    QTest.mouseMove(page.surface, QPoint(5, 5))
    qtbot.waitUntil(guide.hint.isHidden)


def test_a_film_that_was_not_watched_tells_the_time_alone(page: FilmPage, session: Session, shelf: Shelf) -> None:
    guide = FilmGuide(session, page)
    path = shelf.put("b.mp4")
    shelf.take_in(path)
    media_id = shelf.media_id(path)
    page.show_item(session.library.items([media_id])[media_id], QImage(), 30.0)
    page.pointed.emit(12.5)
    assert guide.hint.isVisible()
    assert (guide.hint.text, guide.hint.has_picture) == ("0:12", False)


def test_a_film_that_is_opened_again_is_looked_up_again(
    page: FilmPage, session: Session, shelf: Shelf, qtbot: QtBot
) -> None:
    FilmGuide(session, page)
    media_id = film(shelf, "a.mp4", [scene(0.0, "dog"), scene(10.0, "cat")])
    item = session.library.items([media_id])[media_id]
    session.search.ask("object:dog")
    page.show_at(item, 5.0, QImage(), 20.0)
    qtbot.waitUntil(lambda: [hit.time_s for hit in page.line.hits] == [5.0])
    page.hide()
    with qtbot.waitSignal(session.search.found):
        session.search.ask("object:cat")
    page.show()
    page.show_at(item, 15.0, QImage(), 20.0)
    page.pointed.emit(15.0)  # before the answer is there
    qtbot.waitUntil(lambda: [hit.time_s for hit in page.line.hits] == [15.0])


def test_the_hint_names_things_in_the_windows_language(
    page: FilmPage, session: Session, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.words.language", lambda: "de")
    guide = FilmGuide(session, page)
    media_id = film(shelf, "a.mp4", [scene(0.0, "dog")])
    page.show_item(session.library.items([media_id])[media_id], QImage(), 10.0)
    qtbot.waitUntil(lambda: len(page.line.moments) == 1)
    page.pointed.emit(2.0)
    assert guide.hint.text == "0:02 Hund"
