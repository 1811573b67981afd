"""Originals go to the trash on a person's command, all that belongs together, and never otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engines.library import trash
from engines.library.edits import TRASH
from engines.search.find import matching
from tests.shelf import Shelf

SHOT = {"taken": "2024-05-01T10:00:00"}


@pytest.fixture
def bin_of(tmp_path: Path) -> tuple[Path, Callable[[str], None]]:
    """A folder that stands for the system's trash, and what moves a file into it."""
    place = tmp_path / "bin"
    place.mkdir()
    return place, lambda path: os.replace(path, place / os.path.basename(path))


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_belongs_together_goes_together(shelf: Shelf, bin_of: tuple[Path, Callable[[str], None]]) -> None:
    place, send = bin_of
    for name in ("a.jpg", "a.nef"):
        shelf.put(name, SHOT | {"copyright": name})
    shelf.put("live.jpg", {"live_id": "1", "title": "still"})
    shelf.put("live.mov", {"live_id": "1", "title": "moving"})
    shelf.put("a.xmp", "not read here")
    shelf.put("stays.jpg")
    shelf.take_in()
    ids = [shelf.media_id(shelf.photos / name) for name in ("a.jpg", "live.jpg")]
    outcome = trash.move(shelf.library, ids, send)
    assert _names(place) == {"a.jpg", "a.nef", "a.xmp", "live.jpg", "live.mov"}
    assert _names(shelf.photos) == {"stays.jpg"}
    assert (outcome.files, outcome.stayed, outcome.problem, sorted(outcome.changed)) == (5, 0, None, sorted(ids))
    assert matching(shelf.library, "") == [shelf.media_id(shelf.photos / "stays.jpg")]
    assert set(matching(shelf.library, "is:missing")) == set(ids)


def test_a_sidecar_that_another_photo_has_too_stays(shelf: Shelf, bin_of: tuple[Path, Callable[[str], None]]) -> None:
    place, send = bin_of
    shelf.put("a.jpg")
    shelf.put("a.png", "another picture")
    shelf.put("a.xmp", "not read here")
    shelf.take_in()
    trash.move(shelf.library, [shelf.media_id(shelf.photos / "a.jpg")], send)
    assert _names(place) == {"a.jpg"}
    assert _names(shelf.photos) == {"a.png", "a.xmp"}


def test_a_file_that_is_another_now_is_not_touched(shelf: Shelf, bin_of: tuple[Path, Callable[[str], None]]) -> None:
    place, send = bin_of
    path = shelf.put("a.jpg")
    shelf.take_in()
    path.write_text("somebody put another picture here meanwhile")
    outcome = trash.move(shelf.library, [shelf.media_id(path)], send)
    assert (outcome.files, outcome.stayed, outcome.edit.id) == (0, 1, 0)
    assert str(outcome.problem) == "a.jpg was not moved: it has changed since it was examined."
    assert path.exists()
    assert not _names(place)
    assert shelf.states() == {"ok": 1}


def test_what_cannot_be_moved_stays_and_the_others_go(shelf: Shelf, bin_of: tuple[Path, Callable[[str], None]]) -> None:
    _, send = bin_of
    paths = [shelf.put(name) for name in ("a.jpg", "b.jpg")]
    shelf.take_in()

    def refuse(path: str) -> None:
        if path.endswith("a.jpg"):
            raise PermissionError(13, "Permission denied")
        send(path)

    outcome = trash.move(shelf.library, [shelf.media_id(path) for path in paths], refuse)
    assert (outcome.files, outcome.stayed) == (1, 1)
    assert str(outcome.problem) == "a.jpg was not moved: Permission denied."
    assert shelf.states() == {"ok": 1, "missing": 1}


def test_a_trash_that_only_says_it_took_a_file_is_not_believed(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    shelf.take_in()
    outcome = trash.move(shelf.library, [shelf.media_id(path)], lambda path: None)
    assert str(outcome.problem) == "a.jpg was not moved: the system did not take it."
    assert shelf.states() == {"ok": 1}


def test_what_is_restored_comes_back_with_all_that_was_typed(
    shelf: Shelf, bin_of: tuple[Path, Callable[[str], None]]
) -> None:
    place, send = bin_of
    path = shelf.put("a.jpg")
    shelf.take_in()
    item = shelf.media_id(path)
    shelf.library.type_in([item], {"rating": 5, "caption": "At the pier"})
    outcome = trash.move(shelf.library, [item], send)
    assert [(edit.command, edit.items) for edit in shelf.library.edits()] == [("type", 1), (TRASH, 1)]
    assert shelf.library.undo(outcome.edit.id) == []
    assert [edit.command for edit in shelf.library.edits()] == ["type"]
    os.replace(place / "a.jpg", path)
    shelf.take_in()
    assert matching(shelf.library, "rating:5 caption:pier") == [item]


def test_what_cannot_be_reached_is_no_original(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    shelf.take_in()
    root = shelf.library.root_of(str(path))
    assert root is not None
    shelf.library.set_offline(root, "It is not plugged in.")
    with shelf.library.database.read() as connection:
        assert trash.originals(connection, [shelf.media_id(path)]) == []


_SEND = """
import sys
from engines.library.trash import send_to_trash
send_to_trash(sys.argv[1])
"""


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="looks into the trash of freedesktop.org")
def test_the_systems_trash_really_holds_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    name = os.fsdecode(b"caf\xe9 \xf0\x9f\x93\xb7.jpg")
    path = tmp_path / name
    path.write_text("a picture")
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", _SEND, path], check=True, cwd=root, env=environment)
    assert not path.exists()
    (kept,) = (home / "data" / "Trash" / "files").iterdir()
    assert (kept.name, kept.read_text()) == (name, "a picture")
