"""Commands on items: told, undone, redone, in the order they were asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from desktop.editing import REJECTED, worded
from desktop.notices import Notice
from desktop.session import Session
from engines.library.edits import Edit
from engines.library.library import Library
from engines.search.find import matching
from engines.settings import Settings
from tests.shelf import Shelf


@pytest.fixture
def items(session: Session, tmp_path: Path) -> list[int]:
    """Three photos in the session's library, all selected."""
    shelf = Shelf(tmp_path, session.library)
    paths = [shelf.put(f"{name}.jpg") for name in "abc"]
    shelf.take_in()
    ids = [shelf.media_id(path) for path in paths]
    session.selection.select(ids, ids[0])
    return ids


@pytest.fixture
def notices(session: Session) -> list[Notice]:
    told: list[Notice] = []
    session.notices.listen(told.append)
    return told


@pytest.fixture
def rest(session: Session, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(session.is_at_rest)


def _found(session: Session, query: str) -> set[int]:
    return set(matching(session.library, query))


def test_a_command_is_for_all_that_is_selected_and_says_so(
    session: Session, items: list[int], notices: list[Notice], rest: Callable[[], None]
) -> None:
    session.editing.rate(4)
    rest()
    assert _found(session, "rating:4") == set(items)
    assert [notice.text for notice in notices] == ["Rated 3 items ★4"]
    assert notices[0].action is not None
    notices[0].action.run()
    rest()
    assert _found(session, "rating:4") == set()
    assert notices[1].text == "Undone: Rated 3 items ★4"
    assert notices[1].action is not None
    notices[1].action.run()
    rest()
    assert _found(session, "rating:4") == set(items)


def test_where_one_item_is_shown_a_command_is_for_that_one(
    session: Session, items: list[int], notices: list[Notice], rest: Callable[[], None]
) -> None:
    session.editing.concentrate(items[1])
    session.editing.rate(REJECTED)
    rest()
    assert _found(session, "is:rejected") == {items[1]}
    assert notices[0].text == "Rejected 1 item"


def test_what_is_asked_for_in_haste_is_done_in_order(
    session: Session, items: list[int], rest: Callable[[], None]
) -> None:
    for stars in (1, 2, 3):
        session.editing.rate(stars)
    session.editing.undo()
    rest()
    assert _found(session, "rating:2") == set(items)
    session.editing.redo()
    session.editing.undo()
    session.editing.undo()
    session.editing.undo()
    session.editing.undo()
    rest()
    assert _found(session, "has:rating") == set()


def test_undo_goes_on_after_a_restart(tmp_path: Path, qtbot: QtBot) -> None:
    with Library(tmp_path / "library") as library:
        shelf = Shelf(tmp_path, library)
        shelf.put("a.jpg")
        shelf.take_in()
        item = shelf.media_id(shelf.photos / "a.jpg")
        library.type_in([item], {"tags": {"Lisbon": True}}, "tag")
        library.type_in([item], {"tags": {"Lisbon": False}}, "judge")
    again = Session(Library(tmp_path / "library"), Settings())
    qtbot.waitUntil(again.is_at_rest)
    assert again.editing.stack.undoText() == "“Lisbon” is wrong: it will not be found by it any more"
    again.editing.undo()
    qtbot.waitUntil(again.is_at_rest)
    assert _found(again, "tag:lisbon") == {item}
    again.editing.undo()
    qtbot.waitUntil(again.is_at_rest)
    assert _found(again, "tag:lisbon") == set()
    again.close()
    again.deleteLater()


def test_favourites_are_toggled_together(session: Session, items: list[int], rest: Callable[[], None]) -> None:
    session.editing.concentrate(items[0])
    session.editing.toggle_favourite()
    rest()
    session.editing.concentrate(None)
    session.editing.toggle_favourite()
    rest()
    assert _found(session, "is:favourite") == set(items)
    session.editing.toggle_favourite()
    rest()
    assert _found(session, "is:favourite") == set()


def test_a_pick_ends_a_rejection_and_the_other_way_round(
    session: Session, items: list[int], rest: Callable[[], None]
) -> None:
    session.editing.concentrate(items[0])
    session.editing.rate(REJECTED)
    rest()
    session.editing.concentrate(None)
    session.editing.pick()
    rest()
    assert _found(session, "is:picked") == set(items)
    assert _found(session, "is:rejected") == set()
    session.editing.rate(REJECTED)
    rest()
    assert _found(session, "is:picked") == set()
    session.editing.undo()
    rest()
    session.editing.pick()
    rest()
    assert _found(session, "is:picked") == set()


def test_a_pick_of_what_was_rejected_is_one_step(session: Session, items: list[int], rest: Callable[[], None]) -> None:
    session.editing.rate(REJECTED)
    rest()
    session.editing.pick()
    rest()
    session.editing.undo()
    rest()
    assert _found(session, "is:rejected") == set(items)
    assert _found(session, "is:picked") == set()


def test_what_depends_on_how_items_stand_waits_for_what_was_asked_before(
    session: Session, items: list[int], rest: Callable[[], None]
) -> None:
    session.editing.rate(REJECTED)
    session.editing.pick()
    session.editing.toggle_favourite()
    session.editing.toggle_favourite()
    session.editing.label("Red")
    session.editing.label("Blue")
    session.editing.rate(3)
    rest()
    assert _found(session, "is:rejected") == set()
    assert _found(session, "is:picked") == set(items)
    assert _found(session, "is:favourite") == set()
    assert _found(session, "label:blue rating:3") == set(items)


def test_a_label_that_all_have_is_taken_away(session: Session, items: list[int], rest: Callable[[], None]) -> None:
    session.editing.concentrate(items[0])
    session.editing.label("Red")
    rest()
    session.editing.concentrate(None)
    session.editing.label("Red")
    rest()
    assert _found(session, "label:red") == set(items)
    session.editing.label("Red")
    rest()
    assert _found(session, "has:label") == set()


def test_what_cannot_be_written_is_told_and_is_not_on_the_stack(
    session: Session, items: list[int], notices: list[Notice], rest: Callable[[], None]
) -> None:
    session.editing.rate(1)
    rest()
    with session.library.write() as connection:
        connection.execute("DELETE FROM edit")
    session.editing.undo()
    rest()
    assert notices[-1].is_error
    assert not session.editing.stack.canUndo()
    assert _found(session, "rating:1") == set(items)


def test_a_notice_parts_thousands_as_the_language_does() -> None:
    edit = Edit(1, "rate", {"rating": 4}, 1200, False)
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    text = worded(edit, edit.items)
    QLocale.setDefault(before)
    assert text == "Rated 1.200 items ★4"


def test_without_a_selection_nothing_happens(session: Session, notices: list[Notice], rest: Callable[[], None]) -> None:
    session.editing.remove()
    rest()
    assert notices == []
    assert not session.editing.stack.canUndo()
