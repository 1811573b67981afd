"""The sidebar as a person uses it: typing, chips, proposals, facets, dates, saved searches."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.notices import Notice
from desktop.session import Session
from desktop.views.search.facet import FacetRow
from desktop.views.search.nothing_found import NothingFound
from desktop.views.search.panel import SearchPanel
from desktop.views.search.proposals import ProposalModel, Row, rows_of
from engines.library.media import refresh
from engines.library.searches import SavedSearch
from engines.library.vector_ledger import Space
from engines.search.complete import Completion
from engines.search.facets import Facet, Value
from engines.search.find import Results
from tests.desktop.search.conftest import settle

Type = Callable[[str], None]
KEY = Qt.Key


@pytest.fixture
def keys(qtbot: QtBot, panel: SearchPanel, filled: Session) -> Type:
    """Types into the box and waits for the answer."""

    def type_text(text: str) -> None:
        panel.begin()
        QTest.keyClicks(panel.box.line, text)
        settle(qtbot, filled)

    return type_text


def press(qtbot: QtBot, session: Session, widget: QWidget, *pressed: Qt.Key) -> None:
    for key in pressed:
        QTest.keyClick(widget, key)
        settle(qtbot, session)


def total(session: Session) -> int:
    assert session.search.results is not None
    return session.search.results.total


def rows(panel: SearchPanel, name: str) -> dict[str, FacetRow]:
    """What is seen of a facet, by what stands on it."""
    found = [row for row in panel.facets[name].findChildren(FacetRow) if not row.isHidden()]
    return {row.accessibleName(): row for row in found}


def test_what_is_typed_is_found_without_return(keys: Type, filled: Session, panel: SearchPanel) -> None:
    keys("dog")
    assert total(filled) == 10
    assert panel.line.text().startswith("10 results, ")
    assert filled.shown is not None
    assert len(filled.shown) == 10
    assert filled.sort == "relevance"


def test_duplicates_lie_together_while_they_are_asked_for(qtbot: QtBot, filled: Session, panel: SearchPanel) -> None:
    with filled.library.write() as connection:
        connection.execute(
            "UPDATE file SET content_id = (SELECT content_id FROM file WHERE id = 3) WHERE id IN (9, 20)"
        )
        refresh(connection, [3, 9, 20])
    filled.search.run()
    settle(qtbot, filled)
    QTest.mouseClick(rows(panel, "is")["Duplicates, 3"], Qt.MouseButton.LeftButton)
    settle(qtbot, filled)
    assert filled.sort == "copies"
    assert filled.shown is not None
    assert filled.shown.starts.tolist() == [0, 3]
    filled.set_sort("name")  # a person's choice stays
    filled.search.run()
    settle(qtbot, filled)
    assert filled.sort == "name"
    filled.set_sort("copies")
    filled.search.clear()
    settle(qtbot, filled)
    assert filled.sort == "newest"


def test_a_burst_of_keys_is_one_search(qtbot: QtBot, panel: SearchPanel, filled: Session) -> None:
    answers: list[Results] = []
    filled.search.found.connect(answers.append)
    panel.begin()
    QTest.keyClicks(panel.box.line, "beach")
    settle(qtbot, filled)
    assert len(answers) == 1


def test_return_makes_chips_of_fields(qtbot: QtBot, keys: Type, filled: Session, panel: SearchPanel) -> None:
    keys("dog camera:canon rating:>=3")
    press(qtbot, filled, panel.box.line, KEY.Key_Return)
    assert [chip.accessibleName() for chip in panel.box.chip_buttons()] == ["Camera: canon", "Rating: ≥ 3"]
    assert panel.box.line.text() == "dog"
    assert total(filled) == 5
    assert filled.library.searches.recent() == ["camera:canon rating:>=3 dog"]


def test_backspace_at_the_start_takes_the_last_chip_away(qtbot: QtBot, filled: Session, panel: SearchPanel) -> None:
    filled.search.ask("camera:canon tag:dog")
    settle(qtbot, filled)
    panel.begin()
    press(qtbot, filled, panel.box.line, KEY.Key_Backspace)
    assert filled.search.query == "camera:canon"
    assert len(panel.box.chip_buttons()) == 1


def test_escape_closes_the_proposals_then_clears_then_leaves(
    qtbot: QtBot, keys: Type, filled: Session, panel: SearchPanel
) -> None:
    keys("dog")
    assert panel.box.is_open
    press(qtbot, filled, panel.box.line, KEY.Key_Escape)
    assert not panel.box.is_open
    assert filled.search.query == "dog"
    press(qtbot, filled, panel.box.line, KEY.Key_Escape)
    assert filled.search.query == ""
    assert total(filled) == 31
    with qtbot.waitSignal(panel.box.left):
        QTest.keyClick(panel.box.line, KEY.Key_Escape)


def test_a_chip_is_taken_away_and_edited_by_keys_and_mouse(qtbot: QtBot, filled: Session, panel: SearchPanel) -> None:
    filled.search.ask("camera:canon tag:dog waves")
    settle(qtbot, filled)
    camera, tag = panel.box.chip_buttons()
    press(qtbot, filled, tag, KEY.Key_Delete)
    assert filled.search.query == "camera:canon waves"
    camera = panel.box.chip_buttons()[0]
    QTest.mouseClick(camera, Qt.MouseButton.LeftButton, pos=QPoint(camera.width() - 10, camera.height() // 2))
    settle(qtbot, filled)
    assert filled.search.query == "waves"
    filled.search.ask("camera:canon")
    settle(qtbot, filled)
    press(qtbot, filled, panel.box.chip_buttons()[0], KEY.Key_Return)
    assert panel.box.line.text() == "camera:canon"
    assert panel.box.line.selectedText() == "camera:canon"


def test_proposals_have_groups_and_counts(keys: Type, panel: SearchPanel) -> None:
    keys("be")
    assert panel.box.proposals is not None
    shown = [(row.text, row.count) for row in panel.box.proposals.model.rows]
    assert ("Tags", "") in shown
    assert ("beach", "20") in shown
    assert ("Colours", "") not in shown


def test_arrows_and_return_choose_a_proposal(qtbot: QtBot, keys: Type, filled: Session, panel: SearchPanel) -> None:
    keys("waves bea")
    press(qtbot, filled, panel.box.line, KEY.Key_Down, KEY.Key_Return)
    assert filled.search.query == "tag:beach waves"
    assert panel.box.line.text() == "waves"
    assert total(filled) == 20


def test_tab_takes_the_first_proposal(qtbot: QtBot, keys: Type, filled: Session, panel: SearchPanel) -> None:
    keys("nik")
    press(qtbot, filled, panel.box.line, KEY.Key_Tab)
    assert filled.search.query == 'camera="Nikon D70"'
    assert panel.box.line.hasFocus()


def test_a_field_that_is_chosen_waits_for_its_value(
    qtbot: QtBot, keys: Type, filled: Session, panel: SearchPanel
) -> None:
    keys("came")
    press(qtbot, filled, panel.box.line, KEY.Key_Tab)
    assert panel.box.line.text() == "camera:"
    assert panel.box.proposals is not None
    assert [row.text for row in panel.box.proposals.model.rows] == ["Cameras", "Nikon D70", "Canon EOS 5"]


def test_recent_searches_are_offered_in_an_empty_box(
    qtbot: QtBot, keys: Type, filled: Session, panel: SearchPanel
) -> None:
    keys("dog")
    press(qtbot, filled, panel.box.line, KEY.Key_Return, KEY.Key_Escape)
    press(qtbot, filled, panel.box.line, KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)
    assert filled.search.query == "dog"


def test_a_word_that_is_not_whole_yet_finds_what_begins_so(
    qtbot: QtBot, keys: Type, filled: Session, panel: SearchPanel
) -> None:
    keys("bea")
    assert total(filled) == 20
    press(qtbot, filled, panel.box.line, KEY.Key_Return)
    assert total(filled) == 0


def test_a_picture_that_no_network_has_seen_is_told_of(qtbot: QtBot, filled: Session, panel: SearchPanel) -> None:
    notices: list[Notice] = []
    filled.notices.listen(notices.append)
    filled.search.find_similar(3)
    settle(qtbot, filled)
    assert "The networks have not looked at IMG_0002.jpg yet" in notices[0].text
    assert filled.search.is_everything


def test_proposals_that_come_after_return_stay_closed(qtbot: QtBot, filled: Session, panel: SearchPanel) -> None:
    panel.begin()
    QTest.keyClicks(panel.box.line, "be")
    press(qtbot, filled, panel.box.line, KEY.Key_Return)
    assert not panel.box.is_open


def test_a_wrong_query_is_pointed_at_and_the_last_answer_stays(keys: Type, filled: Session, panel: SearchPanel) -> None:
    keys("dog")
    keys("dog iso:many")
    assert panel.error.text() == "'many' is not a number."
    assert not panel.error.isHidden()
    assert filled.shown is not None
    assert len(filled.shown) == 10
    keys("beach")
    assert panel.error.isHidden()
    assert len(filled.shown) == 20


def test_nothing_found_comes_with_a_suggestion_and_one_button(
    qtbot: QtBot, keys: Type, filled: Session, panel: SearchPanel
) -> None:
    view = NothingFound(filled)
    qtbot.addWidget(view)
    keys("camera:canon beech")
    assert panel.line.text().startswith("No results, ")
    assert view.hint.text() == "No file holds 'beech'. Did you mean beach?"
    view.button.click()
    settle(qtbot, filled)
    assert filled.search.query == "camera:canon beach"
    filled.search.ask("dog beach")
    settle(qtbot, filled)
    assert view.button.text() == "Show weaker matches"
    view.button.click()
    settle(qtbot, filled)
    assert total(filled) == 30
    filled.search.set_weaker(False)
    filled.search.ask("xylophone")
    settle(qtbot, filled)
    assert view.hint.text() == "Nothing in the library fits this search."
    view.button.click()
    settle(qtbot, filled)
    assert total(filled) == 31


def test_a_facet_counts_and_a_click_asks(qtbot: QtBot, filled: Session, panel: SearchPanel) -> None:
    assert list(rows(panel, "tag")) == ["beach, 20", "sea, 11", "dog, 10"]
    rows(panel, "tag")["sea, 11"].click()
    QTest.mouseClick(rows(panel, "tag")["sea, 11"], Qt.MouseButton.LeftButton)
    settle(qtbot, filled)
    assert filled.search.query == "tag:sea"
    assert list(rows(panel, "tag")) == ["sea, 11", "beach, 10"]
    assert rows(panel, "tag")["sea, 11"].isChecked()
    QTest.mouseClick(rows(panel, "tag")["sea, 11"], Qt.MouseButton.LeftButton)
    settle(qtbot, filled)
    assert filled.search.query == ""


def test_alt_and_a_click_leaves_a_value_out(qtbot: QtBot, filled: Session, panel: SearchPanel) -> None:
    QTest.mouseClick(rows(panel, "tag")["sea, 11"], Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, filled)
    assert filled.search.query == "-tag:sea"
    assert panel.box.chip_buttons()[0].accessibleName() == "not Tag: sea"
    assert total(filled) == 20


def test_two_cameras_are_one_chip(qtbot: QtBot, filled: Session, panel: SearchPanel) -> None:
    for name in ("Nikon D70, 20", "Canon EOS 5, 10"):
        QTest.keyClick(rows(panel, "camera")[name], KEY.Key_Space)
        settle(qtbot, filled)
    (chip,) = panel.box.chip_buttons()
    assert chip.accessibleName() == "Camera: Nikon D70 or Canon EOS 5"
    assert total(filled) == 30


def test_folders_are_a_tree(panel: SearchPanel) -> None:
    assert list(rows(panel, "folder")) == ["made, 31", "clips, 1", "Lisbon 2019, 30", "coast, 20"]


def test_dragging_over_the_dates_asks_for_a_range(qtbot: QtBot, filled: Session, panel: SearchPanel) -> None:
    dates, width = panel.dates, panel.dates.width()
    assert "January 2008" in dates.accessibleDescription()
    QTest.mousePress(dates, Qt.MouseButton.LeftButton, pos=QPoint(1, 20))
    QTest.mouseMove(dates, QPoint(width // 3, 20))
    QTest.mouseRelease(dates, Qt.MouseButton.LeftButton, pos=QPoint(width // 3, 20))
    settle(qtbot, filled)
    (chip,) = panel.box.chip_buttons()
    assert chip.accessibleName().startswith("Date: January 2008")
    assert 0 < total(filled) < 31


def test_a_range_of_dates_is_chosen_by_keys(qtbot: QtBot, filled: Session, panel: SearchPanel) -> None:
    panel.dates.setFocus()
    QTest.keyClick(panel.dates, KEY.Key_Left)
    QTest.keyClick(panel.dates, KEY.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, filled, panel.dates, KEY.Key_Return)
    assert filled.search.query == "date:2010-08..2010-09"


def test_a_search_is_saved_renamed_deleted_and_brought_back(qtbot: QtBot, filled: Session, panel: SearchPanel) -> None:
    notices: list[Notice] = []
    filled.notices.listen(notices.append)
    filled.search.ask("tag:sea")
    settle(qtbot, filled)
    panel.saved.begin()
    QTest.keyClicks(panel.saved.line, "The sea")
    press(qtbot, filled, panel.saved.line, KEY.Key_Return)
    (saved,) = filled.library.searches.saved()
    assert saved == SavedSearch(saved.id, "The sea", "tag:sea")
    filled.search.clear()
    settle(qtbot, filled)
    (button,) = [one for one in panel.saved.body.findChildren(QAbstractButton) if one.text() == "The sea"]
    button.click()
    settle(qtbot, filled)
    assert filled.search.query == "tag:sea"
    panel.saved._delete(saved)
    settle(qtbot, filled)
    assert filled.library.searches.saved() == []
    assert panel.saved.isHidden()
    action = notices[-1].action
    assert action is not None
    action.run()
    settle(qtbot, filled)
    assert [one.name for one in filled.library.searches.saved()] == ["The sea"]


def test_a_folded_section_stays_folded(qtbot: QtBot, filled: Session, panel: SearchPanel) -> None:
    panel.facets["tag"].button.click()
    again = SearchPanel(filled)
    qtbot.addWidget(again)
    settle(qtbot, filled)
    assert again.facets["tag"].body.isHidden()
    assert not again.facets["camera"].body.isHidden()


def test_reasons_of_a_hit_come_on_demand(qtbot: QtBot, keys: Type, filled: Session) -> None:
    keys("dog")
    told: list[list[str]] = []
    assert filled.search.results is not None
    filled.search.reasons(
        int(filled.search.results.ids[0]), lambda reasons: told.append([reason.detail for reason in reasons])
    )
    settle(qtbot, filled)
    assert told == [["tags: *dog*", "caption: a *dog* runs"]]
    filled.search.reasons(31, lambda reasons: told.append([reason.detail for reason in reasons]))
    assert told[1] == []


def test_reasons_for_what_is_gone_by_then_are_told_nobody(qtbot: QtBot, keys: Type, filled: Session) -> None:
    keys("dog")
    told: list[object] = []
    reader = QObject()
    assert filled.search.results is not None
    filled.search.reasons(int(filled.search.results.ids[0]), told.append, owner=reader)
    delete(reader)
    settle(qtbot, filled)
    assert told == []


def test_an_answer_that_a_newer_question_overtook_is_not_shown(
    qtbot: QtBot, filled: Session, panel: SearchPanel
) -> None:
    answers: list[Results] = []
    filled.search.found.connect(answers.append)
    filled.search.ask("dog")
    filled.search.ask("beach")
    settle(qtbot, filled)
    assert [results.total for results in answers] == [20]


def test_every_control_has_a_name(panel: SearchPanel) -> None:
    controls = [*panel.findChildren(QAbstractButton), *panel.findChildren(QLineEdit), panel.dates]
    nameless = [one for one in controls if not one.accessibleName() and not getattr(one, "text", str)()]
    assert nameless == []


def test_the_proposals_keep_qts_rules(qtmodeltester: ModelTester) -> None:
    model = ProposalModel()
    model.show([*rows_of([Completion("tag", "dog", "tag:dog", 3)]), Row("dog", query="dog")])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    assert [row.text for row in model.rows] == ["Tags", "dog", "dog"]


def test_a_word_taken_as_a_date_or_text_is_one_of_them_by_a_click(
    qtbot: QtBot, keys: Type, filled: Session, panel: SearchPanel
) -> None:
    keys("waves 2009")
    date, text = panel.meanings.links()
    assert (date.text(), text.text()) == ("2009 as a date only", "2009 as text only")
    date.click()
    settle(qtbot, filled)
    assert filled.search.query == "date:2009 waves"
    assert panel.meanings.links() == []
    filled.search.ask("waves 2009")
    settle(qtbot, filled)
    panel.meanings.links()[1].click()
    settle(qtbot, filled)
    assert panel.box.line.text() == 'waves "2009"'


def test_what_looks_like_a_picture_is_found_and_says_so(qtbot: QtBot, filled: Session, panel: SearchPanel) -> None:
    directions = np.zeros((30, 8), np.float32)
    directions[:, 0], directions[:, 1] = np.cos(np.arange(30) / 10), np.sin(np.arange(30) / 10)
    owners = np.arange(1, 31)
    filled.library.vectors.add(Space("meaning", 1, 8), owners, owners, directions)
    filled.search.find_similar(1)
    settle(qtbot, filled)
    assert filled.search.results is not None
    assert filled.search.results.ids.tolist() == [2, 3, 4, 5, 6, 7, 8]
    (chip,) = panel.box.chip_buttons()
    assert chip.accessibleName() == "Similar to: IMG_0000.jpg"
    told: list[str] = []
    filled.search.reasons(3, lambda reasons: told.extend(reason.detail for reason in reasons))
    settle(qtbot, filled)
    assert told[0] == "looks like IMG_0000.jpg: 0.98"
    QTest.mouseClick(rows(panel, "tag")["dog, 2"], Qt.MouseButton.LeftButton)
    settle(qtbot, filled)
    assert filled.search.results.ids.tolist() == [4, 7]
    panel.begin()
    press(qtbot, filled, panel.box.line, KEY.Key_Backspace, KEY.Key_Backspace)
    assert filled.search.is_everything


def test_in_german_things_have_german_names_and_a_persons_own_word_stays(
    panel: SearchPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.words.language", lambda: "de")
    values = (Value("beach", 3, "tag:beach"), Value("dog", 2, "tag:dog"), Value("Hund", 1, "tag:Hund"))
    panel.facets["tag"].show_facet(Facet("tag", values), frozenset())
    assert [name.split(",")[0] for name in rows(panel, "tag")] == ["Strand", "dog", "Hund"]
