"""The info panel: what it says, and what a click in it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.translation import FOLDER
from desktop.views.info.panel import InfoPanel
from desktop.views.info.parts import Caption, Stars, TagChip
from desktop.views.info.wording import lines
from desktop.views.tag_dialog import TagLine
from engines.search.find import matching
from tests.shelf import Shelf

FACTS = {
    "taken": "2019-03-21T11:04:22",
    "taken_offset_min": -300,
    "taken_field": "EXIF DateTimeOriginal",
    "camera": "Apple iPhone 7",
    "aperture": 1.8,
    "exposure_s": 1 / 887,
    "iso": 20,
    "latitude": 41.2203,
    "longitude": -96.0716,
    "keywords": ["machine"],
}


@pytest.fixture
def items(session: Session, tmp_path: Path) -> list[int]:
    shelf = Shelf(tmp_path, session.library)
    paths = [shelf.put("a.jpg", FACTS), shelf.put("b.jpg"), shelf.put("c.mp4")]
    shelf.take_in()
    return [shelf.media_id(path) for path in paths]


@pytest.fixture
def panel(session: Session, items: list[int], qtbot: QtBot) -> InfoPanel:
    panel = InfoPanel(session)
    qtbot.addWidget(panel)
    panel.resize(320, 800)
    panel.show()
    return panel


def _texts(panel: InfoPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel))


@pytest.fixture
def show(session: Session, panel: InfoPanel, qtbot: QtBot) -> Callable[..., None]:
    def select(*media_ids: int) -> None:
        session.selection.select(list(media_ids), media_ids[0] if media_ids else None)
        wait()

    def wait() -> None:
        QTest.qWait(80)
        qtbot.waitUntil(session.is_at_rest)
        QTest.qWait(80)
        qtbot.waitUntil(session.is_at_rest)

    select.wait = wait  # type: ignore[attr-defined]
    return select


def test_one_item_is_described_with_zone_and_source(
    panel: InfoPanel, items: list[int], show: Callable[..., None]
) -> None:
    show(items[0])
    text = _texts(panel)
    for said in ("a.jpg", "11:04:22 (UTC-5:00)", "EXIF DateTimeOriginal", "Apple iPhone 7", "f/1.8 · 1/887 s · ISO 20"):
        assert said in text
    assert "41.2203° N, 96.0716° W" in text


def test_several_items_are_summed_up(panel: InfoPanel, items: list[int], show: Callable[..., None]) -> None:
    show(*items)
    text = _texts(panel)
    assert "3 items selected" in text
    assert "Apple iPhone 7 (1)" in text


def test_what_costs_quality_is_said_in_german(qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(str(FOLDER / "de.qm"))
    qapp.installTranslator(translator)
    facts = {"quality": 0.5, "quality_reasons": ["too dark", "small"]}
    record = {"facts": facts, "origins": {}, "files": [{"size_bytes": 1, "format": "jpeg"}]}
    said = [line.text for line in lines(record)]
    qapp.removeTranslator(translator)
    assert "50% · zu dunkel, klein" in said


def test_nothing_selected_says_so(panel: InfoPanel, show: Callable[..., None]) -> None:
    show()
    assert "Nothing is selected" in _texts(panel)


def test_stars_rate_all_that_is_selected(
    panel: InfoPanel, items: list[int], session: Session, show: Callable[..., None]
) -> None:
    show(*items[:2])
    stars = panel.findChild(Stars)
    assert isinstance(stars, Stars)
    QTest.mouseClick(stars, Qt.MouseButton.LeftButton, pos=QPointF(3 * 22 + 5, 10).toPoint())
    show.wait()  # type: ignore[attr-defined]
    assert set(matching(session.library, "rating:4")) == set(items[:2])


def test_a_wrong_tag_is_gone_for_good_and_can_be_taken_back(
    panel: InfoPanel, items: list[int], session: Session, show: Callable[..., None]
) -> None:
    show(items[0])
    chip = panel.findChild(TagChip)
    assert isinstance(chip, TagChip)
    assert chip.name == "machine"
    buttons = chip.findChildren(QToolButton)
    assert [button.accessibleName() for button in buttons] == ["“machine” is right", "“machine” is wrong"]
    buttons[1].click()
    show.wait()  # type: ignore[attr-defined]
    assert matching(session.library, "tag:machine") == []
    back = next(button for button in panel.findChildren(QPushButton) if "take back" in button.text())
    back.click()
    show.wait()  # type: ignore[attr-defined]
    assert matching(session.library, "tag:machine") == [items[0]]


def test_a_title_is_typed(panel: InfoPanel, items: list[int], session: Session, show: Callable[..., None]) -> None:
    show(items[1])
    line = next(line for line in panel.findChildren(QLineEdit) if line.accessibleName() == "Title")
    line.setText("Harbour")
    QTest.keyClick(line, Qt.Key.Key_Return)
    show.wait()  # type: ignore[attr-defined]
    assert matching(session.library, "title:harbour") == [items[1]]
    assert len(session.library.edits()) == 1


def test_a_caption_of_several_lines_is_typed_found_and_undone(
    panel: InfoPanel, items: list[int], session: Session, show: Callable[..., None]
) -> None:
    show(items[1])
    caption = panel.findChild(Caption)
    assert isinstance(caption, Caption)
    height = caption.height()
    caption.setFocus()
    QTest.keyClicks(caption, "At the pier")
    QTest.keyClick(caption, Qt.Key.Key_Return)
    QTest.keyClicks(caption, "with Ann")
    assert caption.height() > height
    QTest.keyClick(caption, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    show.wait()  # type: ignore[attr-defined]
    assert matching(session.library, "caption:ann pier") == [items[1]]
    assert session.library.facts(items[1])["caption"].value == "At the pier\nwith Ann"
    session.editing.undo()
    show.wait()  # type: ignore[attr-defined]
    assert matching(session.library, "has:caption") == []
    caption = panel.findChild(Caption)
    assert isinstance(caption, Caption)
    assert caption.toPlainText() == ""


def test_esc_takes_back_what_was_typed_of_a_caption(
    panel: InfoPanel, items: list[int], session: Session, show: Callable[..., None]
) -> None:
    show(items[1])
    caption = panel.findChild(Caption)
    assert isinstance(caption, Caption)
    caption.setFocus()
    QTest.keyClicks(caption, "no")
    QTest.keyClick(caption, Qt.Key.Key_Escape)
    show.wait()  # type: ignore[attr-defined]
    assert caption.toPlainText() == ""
    assert session.library.edits() == []


def test_a_typed_tag_is_added_and_taken_away(
    panel: InfoPanel, items: list[int], session: Session, show: Callable[..., None]
) -> None:
    show(items[1])
    line = panel.findChild(TagLine)
    assert isinstance(line, TagLine)
    line.setText("Lisbon, holiday")
    QTest.keyClick(line, Qt.Key.Key_Return)
    show.wait()  # type: ignore[attr-defined]
    assert matching(session.library, "tag:lisbon tag:holiday") == [items[1]]
    chip = next(chip for chip in panel.findChildren(TagChip) if chip.name == "holiday")
    (away,) = chip.findChildren(QToolButton)
    away.click()
    show.wait()  # type: ignore[attr-defined]
    assert matching(session.library, "tag:holiday") == []
