"""What keys and the menu do with items."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.item_commands import ItemCommands, export_facts
from desktop.notices import Notice
from desktop.session import Session
from desktop.views.menu import item_menu, stretch_menu
from desktop.views.tag_dialog import TagDialog, split_tags
from desktop.views.trash_dialog import TrashDialog
from engines.library import trash
from engines.library.tags import proposed
from engines.search.find import matching
from tests.shelf import Shelf


@pytest.fixture
def shelf(session: Session, tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path, session.library)
    for name in "ab":
        shelf.put(f"{name}.jpg", {"camera": "Nikon D90"} if name == "a" else "")
    shelf.take_in()
    return shelf


@pytest.fixture
def items(session: Session, shelf: Shelf) -> list[int]:
    ids = [shelf.media_id(shelf.photos / f"{name}.jpg") for name in "ab"]
    session.selection.select(ids, ids[0])
    return ids


@pytest.fixture
def commands(session: Session, qtbot: QtBot) -> Iterator[ItemCommands]:
    window = QWidget()
    qtbot.addWidget(window)
    commands = ItemCommands(session, window)
    commands.give_keys_to(window)
    yield commands
    window.deleteLater()


@pytest.fixture
def rest(session: Session, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(session.is_at_rest)


@pytest.mark.parametrize(
    ("command", "query"),
    [
        ("rate_4", "rating:4"),
        ("reject", "is:rejected"),
        ("pick", "is:picked"),
        ("label_green", "label:green"),
        ("favourite", "is:favourite"),
        ("hide", "is:hidden"),
        ("remove", "is:removed"),
    ],
)
def test_a_key_changes_all_that_is_selected(
    session: Session, commands: ItemCommands, items: list[int], rest: Callable[[], None], command: str, query: str
) -> None:
    session.shortcuts.action(command).trigger()
    rest()
    assert set(matching(session.library, query)) == set(items)


def test_without_a_selection_no_command_is_to_be_had(session: Session, commands: ItemCommands, shelf: Shelf) -> None:
    assert not any(action.isEnabled() for action in commands.actions.values())
    session.selection.select_one(shelf.media_id(shelf.photos / "a.jpg"))
    assert all(action.isEnabled() for action in commands.actions.values())


def test_files_and_paths_are_copied(
    session: Session, commands: ItemCommands, items: list[int], shelf: Shelf, rest: Callable[[], None]
) -> None:
    told: list[Notice] = []
    session.notices.listen(told.append)
    paths = [str(shelf.photos / f"{name}.jpg") for name in "ab"]
    session.shortcuts.action("copy_path").trigger()
    rest()
    assert QGuiApplication.clipboard().text().splitlines() == paths
    session.shortcuts.action("copy_file").trigger()
    rest()
    assert [url.toLocalFile() for url in QGuiApplication.clipboard().mimeData().urls()] == paths
    assert [notice.text for notice in told] == ["Copied 2 paths", "Copied 2 files"]


def test_facts_are_exported(session: Session, items: list[int], tmp_path: Path) -> None:
    assert export_facts(session.library, items, tmp_path / "facts.json") == 2
    records = json.loads((tmp_path / "facts.json").read_text())
    assert [record["facts"].get("camera") for record in records] == ["Nikon D90", None]


def _dialog(commands: ItemCommands, qtbot: QtBot) -> TrashDialog:
    window = commands.parent()
    assert isinstance(window, QWidget)
    qtbot.waitUntil(lambda: window.findChild(TrashDialog) is not None)
    dialog = window.findChild(TrashDialog)
    assert isinstance(dialog, TrashDialog)
    return dialog


def test_files_go_to_the_trash_only_after_yes(
    session: Session, commands: ItemCommands, items: list[int], shelf: Shelf, rest: Callable[[], None], qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    told: list[Notice] = []
    session.notices.listen(told.append)
    window = commands.parent()
    assert isinstance(window, QWidget)
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    monkeypatch.setattr(trash, "send_to_trash", lambda path: Path(path).rename(bin_ / Path(path).name))
    (shelf.photos / "a.xmp").write_text("not read here")
    shelf.take_in()
    for agreed in (False, True):
        session.shortcuts.action("trash").trigger()
        dialog = _dialog(commands, qtbot)
        assert dialog.text() == "Move 2 photos and videos to the trash?"
        assert "What belongs to them goes along: 1 XMP file." in dialog.informativeText()
        assert dialog.agree.text() == "Move 3 files to trash"
        assert dialog.defaultButton() is not dialog.agree
        (dialog.agree if agreed else dialog.defaultButton()).click()
        rest()
        qtbot.waitUntil(lambda: not window.findChildren(TrashDialog))
        assert len(list(bin_.iterdir())) == (3 if agreed else 0)
    assert matching(session.library, "") == []
    session.editing.undo()
    rest()
    assert [notice.text for notice in told] == [
        "Moved the files of 2 items to the trash; they can be restored there",
        "Files are taken back from the system's trash: restore them there, and they are here again",
    ]
    assert not session.editing.stack.canUndo()
    assert not session.editing.stack.canRedo()
    for path in bin_.iterdir():
        path.rename(shelf.photos / path.name)
    shelf.take_in()
    assert set(matching(session.library, "")) == set(items)


def _titles(menu: QMenu) -> list[str]:
    return ["|" if action.isSeparator() else action.text() for action in menu.actions()]


def test_the_menu_has_its_order(commands: ItemCommands, items: list[int], qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert _titles(item_menu(commands, parent)) == [
        *("Open", "Open with…", "Show in folder", "|", "Find similar", "Compare"),
        *("Describe with VLM…", "Detect products…", "Suggest tags…", "Analyse again", "|"),
        *("Rate", "Colour label", "Favourite", "Tag…", "|", "Copy file", "Copy path", "Export facts…", "|"),
        *("Hide", "Remove from library", "Move to trash…", "|", "Properties"),
    ]


def test_a_marked_part_of_a_video_can_be_asked_about(
    session: Session, commands: ItemCommands, items: list[int], qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = item_menu(commands, parent, partial(stretch_menu, session, items[0], (62.0, 70.5)))
    part = next(action.menu() for action in menu.actions() if action.text() == "1:02–1:10")  # noqa: RUF001
    assert isinstance(part, QMenu)
    assert _titles(part) == ["Describe with VLM…", "Detect products…", "Suggest tags…"]
    with qtbot.waitSignal(session.stretch_asking_requested) as asked:
        part.actions()[1].trigger()
    assert asked.args == ["products", items[0], (62.0, 70.5)]


def test_a_phase_is_analysed_again_from_the_menu(
    session: Session, commands: ItemCommands, items: list[int], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    asked: list[tuple[object, object]] = []
    monkeypatch.setattr(session.analyser, "analyse_again", lambda ids, names: asked.append((ids, names)))
    menu = item_menu(commands, parent)
    submenu = next(action.menu() for action in menu.actions() if action.text() == "Analyse again")
    assert isinstance(submenu, QMenu)
    next(action for action in submenu.actions() if action.text() == "Thumbnail").trigger()
    assert asked == [(items, ["thumbnail"])]


def test_a_step_that_is_switched_off_is_not_offered(
    session: Session, commands: ItemCommands, items: list[int], qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    session.set_settings(session.settings.with_value("analysis.phases_off", ("objects",)))
    again = next(action.menu() for action in item_menu(commands, parent).actions() if action.text() == "Analyse again")
    assert isinstance(again, QMenu)
    assert "Meaning" in _titles(again)
    assert "Objects" not in _titles(again)


def test_tags_are_typed_with_commas_and_completed(qtbot: QtBot, session: Session, items: list[int]) -> None:
    session.library.type_in(items, {"tags": {"Lisbon": True}})
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = TagDialog(parent, 2, proposed(session.library.database))
    dialog.line.setText("holiday, lis")
    dialog.line._take("Lisbon")
    assert dialog.names == ["holiday", "Lisbon"]
    assert dialog.windowTitle() == "Tag 2 items"
    assert split_tags(" a,, b ,") == ["a", "b"]


def test_open_with_offers_programs(
    commands: ItemCommands,
    items: list[int],
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    folder = tmp_path / "data" / "applications"
    folder.mkdir(parents=True)
    entry = "[Desktop Entry]\nType=Application\nName=Salt & Paint\nExec=/nowhere/paint %f\nMimeType=image/jpeg;\n"
    (folder / "paint.desktop").write_text(entry)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "none"))

    commands.open_with()

    window = commands.parent()
    assert isinstance(window, QWidget)
    qtbot.waitUntil(lambda: window.findChild(QMenu, "open_with") is not None)
    menu = window.findChild(QMenu, "open_with")
    assert isinstance(menu, QMenu)
    assert next(action.text() for action in menu.actions() if action.text()) == "Salt && Paint"
    told: list[Notice] = []
    session.notices.listen(told.append)
    menu.actions()[0].trigger()
    assert [notice.text for notice in told] == ["Salt & Paint could not be started."]
    menu.close()
