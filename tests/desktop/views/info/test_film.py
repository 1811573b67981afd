"""What the info panel says of a film, and where a click on it leads."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QTextBrowser
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.item_models.moments import MomentsModel, told_of
from desktop.session import Session
from desktop.theme import DARK, LIGHT, Theme
from desktop.views.info.moments import MomentsList
from desktop.views.info.panel import InfoPanel
from desktop.views.info.parts import TagChip
from engines.analysis.phases import moments
from engines.library.library import Library
from engines.library.moments import Moment
from engines.types import Box, Done, Findings, Inferred, Sentence, Tag, Track, Word
from tests.shelf import Shelf
from tests.watched import film, scene


@pytest.fixture
def media_id(session: Session, tmp_path: Path) -> int:
    """A film of 40 s: cat, three dogs, nothing, cat."""
    shelf = Shelf(tmp_path, session.library)
    scenes = [scene(0, "cat"), scene(10, "dog", count=3), scene(20), scene(30, "cat")]
    return film(shelf, "a.mp4", scenes, {"duration_s": 40.0})


@pytest.fixture
def panel(session: Session, media_id: int, qtbot: QtBot) -> InfoPanel:
    panel = InfoPanel(session)
    qtbot.addWidget(panel)
    panel.resize(320, 1600)
    panel.show()
    show(session, panel, media_id, qtbot)
    return panel


def show(session: Session, panel: InfoPanel, media_id: int, qtbot: QtBot) -> None:
    session.selection.select([media_id], media_id)
    qtbot.waitUntil(lambda: panel._known is not None and panel._known.media_ids == (media_id,))
    qtbot.waitUntil(session.is_at_rest)


def listed(panel: InfoPanel) -> MomentsList:
    (found,) = panel.findChildren(MomentsList)
    return found


def texts(panel: InfoPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel)]


def test_the_item_model_keeps_qts_rules(qtmodeltester: ModelTester, session: Session, media_id: int) -> None:
    model = MomentsModel(session.library.moments([media_id])[media_id])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt says no types here
    assert model.index(1).data() == "0:10\u20130:20, 3 × dog"  # noqa: RUF001 -- as it is shown


def test_a_moment_tells_the_narrowest_names_and_for_how_much_of_it() -> None:
    tags = (Tag("animal", 0.9, share=1.0), Tag("dog", 0.8, share=0.6), Tag("beach", 0.7), Tag("dog", 0.5))
    told = told_of(Moment(1, b"", 2.0, 0.0, 9.6, 0.5, tags, ()))
    assert told.seen == "dog 60%, beach"
    assert told.hint.splitlines() == ["0:00\u20130:10", "dog: 80%, in 60% of the time", "beach: 70%, all the time"]


def test_a_click_on_a_moment_opens_the_film_there(
    panel: InfoPanel, session: Session, media_id: int, qtbot: QtBot
) -> None:
    moments_list = listed(panel)
    assert moments_list.model().rowCount() == 4
    qtbot.waitUntil(lambda: pixel(moments_list, 1) == "#00ff00")
    with qtbot.waitSignal(session.moment_requested) as wanted:
        click(moments_list, 1)
    assert wanted.args == [media_id, 10.0]
    with qtbot.waitSignal(session.moment_requested) as wanted:
        QTest.keyClick(moments_list, Qt.Key.Key_Down)
        QTest.keyClick(moments_list, Qt.Key.Key_Return)
    assert wanted.args == [media_id, 20.0]


def click(moments_list: MomentsList, row: int) -> None:
    where = moments_list.visualRect(moments_list.model().index(row, 0)).center()
    QTest.mouseClick(moments_list.viewport(), Qt.MouseButton.LeftButton, pos=where)


def pixel(moments_list: MomentsList, row: int) -> str:
    """In the middle of the row's picture."""
    where = moments_list.visualRect(moments_list.model().index(row, 0)).topLeft() + QPoint(40, 30)
    return moments_list.viewport().grab().toImage().pixelColor(where).name()


def test_the_moments_that_were_looked_for_are_marked(
    panel: InfoPanel, session: Session, media_id: int, qtbot: QtBot
) -> None:
    def marked() -> list[int]:
        model = listed(panel).model()
        return [row for row in range(model.rowCount()) if str(model.index(row, 0).data()).endswith(", found")]

    assert marked() == []
    session.search.ask("dog")
    qtbot.waitUntil(lambda: marked() == [1])
    assert "3 × dog" in listed(panel).model().index(1, 0).data()  # noqa: RUF001 -- as it is shown
    session.search.ask("cat")
    qtbot.waitUntil(lambda: marked() == [0, 3])
    session.search.clear()
    qtbot.waitUntil(lambda: marked() == [])
    qtbot.waitUntil(session.is_at_rest)


def test_the_menu_of_a_moment_finds_what_looks_like_it(
    panel: InfoPanel, session: Session, media_id: int, qtbot: QtBot
) -> None:
    moments_list = listed(panel)
    moment = session.library.moments([media_id])[media_id][1]
    moments_list.menu_wanted.emit(moment, QPoint(0, 0))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    titles = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert titles[:3] == ["Open here", "Find similar", "Copy frame"]
    assert "Describe with VLM…" in titles
    with qtbot.waitSignal(session.frame_requested) as wanted:
        menu.actions()[2].trigger()
    assert wanted.args == [session.library.items([media_id])[media_id].path, 15.0]
    menu.actions()[1].trigger()
    menu.close()
    qtbot.waitUntil(lambda: session.search.like is not None and session.is_at_rest())
    assert session.search.like is not None
    assert (session.search.like.name, session.search.like.media_id) == ("a.mp4, 0:15", media_id)


def test_tags_and_objects_say_how_sure_and_how_long(panel: InfoPanel) -> None:
    chips = {chip.name: chip for chip in panel.findChildren(TagChip)}
    assert [label.text() for label in chips["dog"].findChildren(QLabel)] == ["dog", "90% · 0:10"]
    assert "in 25% of the time" in chips["dog"].toolTip()
    told = texts(panel)
    assert told[told.index("dog", told.index("Objects")) + 1] == "3 at once · 90% · 0:10"
    assert "animal" not in told[told.index("Objects") :]


def test_what_is_followed_and_said_leads_to_its_second(
    panel: InfoPanel, session: Session, media_id: int, qtbot: QtBot
) -> None:
    assert panel.findChildren(QTextBrowser) == []
    add_tracks_and_speech(session.library, media_id)
    session.files_changed.emit([media_id])
    qtbot.waitUntil(lambda: len(panel.findChildren(QTextBrowser)) == 2)
    followed, said = panel.findChildren(QTextBrowser)
    assert followed.toPlainText() == "2 × dog: 0:11\u20130:14, 0:12\u20130:19"  # noqa: RUF001 -- as it is shown
    assert said.toPlainText() == "0:05 Good <dogs>."
    with qtbot.waitSignal(session.moment_requested) as wanted:
        said.anchorClicked.emit(QUrl("5.000"))
    assert wanted.args == [media_id, 5.0]


def add_tracks_and_speech(library: Library, media_id: int) -> None:
    digest = library.items([media_id])[media_id].digest
    assert digest is not None
    box = Box("dog", 0.9, 0.1, 0.1, 0.2, 0.2, "yolov3-tiny")
    tracks = (Track(11.0, 14.0, 3.0, box, 12.0), Track(12.0, 19.0, 6.0, box, 13.0))
    library.save_inferred([Inferred(digest, (Done("tracks", 1, 0.0, Findings(tracks=tracks)),))])
    words = (Word("Good", 5.0, 5.4), Word("<dogs>.", 5.5, 6.0))
    library.save_sentences(digest, moments(), [Sentence(5.0, 6.0, "Good <dogs>.", words, "en")], 40.0)


def test_a_photo_has_no_part_about_films(panel: InfoPanel, session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    shelf = Shelf(tmp_path / "other", session.library)
    photo = shelf.put("b.jpg")
    shelf.take_in(photo)
    show(session, panel, shelf.media_id(photo), qtbot)
    assert panel.findChildren(MomentsList) == []


def test_links_have_the_colour_of_the_theme_of_now(
    panel: InfoPanel, session: Session, media_id: int, qtbot: QtBot, theme: Theme
) -> None:
    add_tracks_and_speech(session.library, media_id)
    session.files_changed.emit([media_id])
    qtbot.waitUntil(lambda: len(panel.findChildren(QTextBrowser)) == 2)
    said = panel.findChildren(QTextBrowser)[1]
    theme.choose("dark")
    assert DARK.accent_text in said.toHtml()
    theme.choose("light")
    assert LIGHT.accent_text in said.toHtml()
    assert DARK.accent_text not in said.toHtml()
