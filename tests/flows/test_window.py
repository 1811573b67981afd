"""Stories in a real window on a virtual screen, walked with mouse and keys from outside."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.accessible import Reader
from tests.flows.making import make_photo, make_sidecar
from tests.flows.untouched import stamps
from tests.flows.window import BUTTON, FIELD, Window
from tests.program import Program
from tests.screen import Screen, missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

Open = Callable[..., Window]  # with options of the program
SOURCE = Path(__file__).with_name("drag_source.py")
ADD = "Add folder…"


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    screen = Screen()
    yield screen
    screen.close()


@pytest.fixture(scope="module")
def reader(screen: Screen) -> Iterator[Reader]:
    reader = Reader(screen.bus)
    yield reader
    reader.close()


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "library")


@pytest.fixture
def open_window(screen: Screen, reader: Reader, program: Program) -> Iterator[Open]:
    """Starts windows of one library, all of which have ended when the test has."""
    with ExitStack() as stack:

        def open_one(*options: str) -> Window:
            window = Window(program, screen, reader, *options)
            stack.callback(window.end)
            return window

        yield open_one


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Six photos of one day, two of them of a harbour."""
    folder = tmp_path / "photos"
    for number in range(6):
        make_photo(folder / f"IMG_{number}.jpg", number * 28)
    for number in (1, 4):
        make_sidecar(folder / f"IMG_{number}.jpg", rating=2, keyword="harbour")
    return folder


def add_folder(window: Window, folder: Path) -> None:
    window.click(ADD, BUTTON)
    window.choose_folder(folder)


def shown_names(window: Window) -> list[str]:
    return [tile.name.partition(",")[0] for tile in window.tiles]


def tile_of(window: Window, file_name: str) -> str:
    """What the tile of a file says."""
    return next((tile.name for tile in window.tiles if tile.name.startswith(file_name)), "")


def ratings(program: Program, folder: Path) -> dict[str, int | None]:
    """What the library knows of the stars of each photo."""
    return {path.name: program.json("show", path)["facts"].get("rating") for path in folder.glob("*.jpg")}


@contextmanager
def dragged(screen: Screen, path: Path, place: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Another program's window with something to drag, alive until the block ends; yields where to press."""
    line = [sys.executable, str(SOURCE), str(path), *map(str, place)]
    source = subprocess.Popen(line, env=os.environ | screen.environment)
    try:
        until = time.monotonic() + 20
        while not screen.windows(source.pid):
            assert time.monotonic() < until
            time.sleep(0.05)
        yield place[0] + 60, place[1] + 30
    finally:
        source.kill()
        source.wait()


def test_from_the_first_start_to_a_library_that_remembers(
    open_window: Open, program: Program, photos: Path, tmp_path: Path
) -> None:
    before = stamps(photos)
    window = open_window()
    add_folder(window, photos)
    window.wait_for_tiles(6)
    window.wait_for_rest()

    window.search("harbour")
    first, _ = window.wait_for_tiles(2)
    assert window.wait_for("2 results.*").role == "label"
    window.double_click(first)
    name = first.name.partition(",")[0]
    window.wait_for(name)
    window.press("Escape")
    window.wait_for_tiles(2)

    window.press("4")
    window.wait_for("Rated 1 .*4.*")
    window.press("t")
    window.wait_for("Tags", FIELD)
    window.write("boat trip")
    window.press("Return")
    window.wait_for(".*boat trip.*", "label")
    window.press("ctrl+s")
    window.wait_for("Name of this search", FIELD)
    window.write("By the sea")
    window.press("Return")
    window.wait_for("Saved search By the sea", BUTTON)
    window.close()

    window = open_window()
    window.wait_for_tiles(6)
    window.click("Saved search By the sea", BUTTON)
    window.wait_for_tiles(2)
    window.wait_for_rest()
    window.close()
    facts = program.json("show", photos / name)
    assert facts["facts"]["rating"] == 4
    assert "boat trip" in [tag["name"] for tag in facts["tags"]]
    assert stamps(photos) == before


def test_a_second_start_brings_the_first_window_to_the_front(
    open_window: Open, screen: Screen, program: Program
) -> None:
    window = open_window()
    window.wait_for(ADD, BUTTON)
    place = (200, 200)
    with dragged(screen, SOURCE, place) as press:
        covering = screen.window_at(press)
        second = subprocess.Popen(program.line(), env=program.environment() | screen.environment)
        assert second.wait(30) == 0
        window.wait_until(lambda: screen.window_at(press) != covering, "the first window is in front")
    window.close()


@pytest.mark.window
def test_the_photos_of_the_test_media_are_found_as_the_terminal_finds_them(
    open_window: Open, program: Program, media_folder: Path, tmp_path: Path
) -> None:
    before = stamps(media_folder / "photos")
    window = open_window()
    add_folder(window, media_folder / "photos")
    window.wait_until(lambda: len(window.tiles) > 5, "the first photos are there")
    window.wait_for_rest(patience_s=110)
    for words in ("camera:canon", "date:2008", "dog"):
        window.press("Escape", "Escape")
        window.search(words)
        count = len(program.json("search", words)["hits"])
        window.wait_for("No results.*" if not count else "1 result,.*" if count == 1 else f"{count} results.*")
    window.close()
    assert stamps(media_folder / "photos") == before


@pytest.mark.window
def test_a_folder_is_dropped_and_a_picture_finds_ones_like_it(open_window: Open, screen: Screen, photos: Path) -> None:
    window = open_window()
    target = window.wait_for("Add a folder with photos and videos", "label").middle
    with dragged(screen, photos, (40, 600)) as press:
        screen.drag(press, target)
        window.wait_for_tiles(6)
    window.wait_for_rest()
    with dragged(screen, photos / "IMG_3.jpg", (1000, 600)) as press:
        screen.drag(press, window.wait_for("Search", FIELD).middle)
        window.wait_for("Similar to: IMG_3.jpg", BUTTON)
        window.wait_for_tiles(5)  # all but the picture itself
    window.close()


@pytest.mark.window
def test_everything_is_done_without_a_mouse(open_window: Open, program: Program, photos: Path) -> None:
    window = open_window()
    window.wait_for(ADD, BUTTON)
    window.press("ctrl+i")
    window.choose_folder(photos)
    window.wait_for_tiles(6)
    window.wait_for_rest()
    window.press("slash")
    window.write("harbour")
    window.press("Return")
    window.wait_for_tiles(2)
    window.press("Escape", "Escape", "Home")
    window.wait_for_tiles(6)
    name = shown_names(window)[0]
    window.press("Return")  # the viewer, and on to the next one
    window.wait_until(lambda: not window.tiles, "the viewer is open")
    window.press("Right", "5", "Escape")
    window.wait_for_tiles(6)
    window.press("Home", "3", "f", "i")
    window.wait_for("Title", FIELD)
    window.press("i", "ctrl+comma")
    window.wait_for("Settings", "dialog")
    window.press("Escape", "question")
    window.wait_for("Keys of Quit", BUTTON)
    window.press("Escape", "ctrl+j")
    window.wait_for("Look for new files", BUTTON)
    window.press("Escape")
    window.close()
    rated = ratings(program, photos)
    assert rated[name] == 3
    assert 5 in rated.values()


@pytest.mark.window
def test_what_is_put_into_a_folder_or_taken_out_shows_by_itself(
    open_window: Open, photos: Path, tmp_path: Path
) -> None:
    window = open_window()
    add_folder(window, photos)
    window.wait_for_tiles(6)
    window.wait_for_rest()
    new = make_photo(photos / "new" / "IMG_9.jpg", 9 * 28)
    window.wait_for_tiles(7)
    new.unlink()
    window.wait_until(lambda: "no longer where it was" in tile_of(window, new.name), "it is missing")
    window.close()


@pytest.mark.window
def test_an_unplugged_folder_is_offline_and_whole_when_it_is_back(
    open_window: Open, program: Program, photos: Path, tmp_path: Path
) -> None:
    window = open_window()
    add_folder(window, photos)
    window.wait_for_tiles(6)
    window.wait_for_rest()
    window.press("End", "5")
    window.wait_for("Rated 1 .*5.*")
    away = photos.rename(tmp_path / "unplugged")
    window.press("F5")
    window.wait_until(
        lambda: all("cannot be reached" in tile.name for tile in window.wait_for_tiles(6)), "all are offline"
    )
    window.press("ctrl+shift+o")
    window.wait_for("Folders", "label")
    window.wait_for(".*photos.*(reached|found|there).*", "label")
    window.press("Escape")
    away.rename(photos)
    window.press("F5")
    window.wait_until(
        lambda: not any("cannot be reached" in tile.name for tile in window.wait_for_tiles(6)), "all are back"
    )
    window.close()
    assert program.json("status")["files"] == {"ok": 6, "total": 6}
    assert 5 in ratings(program, photos).values()


@pytest.mark.window
@pytest.mark.parametrize("how", ["close", "terminate", "kill"])
def test_an_import_that_was_broken_off_goes_on_by_itself(
    open_window: Open, program: Program, tmp_path: Path, how: str
) -> None:
    folder = tmp_path / "many"
    for number in range(40):
        make_photo(folder / f"{number:03}.jpg", number, size=(1600, 1200), grain=1)  # a tenth of a second each
    window = open_window("--set", "analysis.workers=1")  # so that no computer has done them all before it is broken off
    activity = window.wait_for("Activity: Up to date.*", BUTTON)
    add_folder(window, folder)
    window.wait_until_called(activity, "Activity: Examining (1[5-9]|2[0-9]) of 40.*")  # some are saved by then
    getattr(window, how)()
    assert 0 < waiting_files(program) < 40
    window = open_window()
    window.wait_until(lambda: not waiting_files(program), "the rest is examined", patience_s=60)
    window.wait_for_rest()
    window.close()
    assert {phase["pending"] for phase in program.json("status")["phases"]} == {0}
    assert program.json("check") == {"whole": True, "findings": []}
    assert not (program.library / "logs" / "running.txt").exists()


def waiting_files(program: Program) -> int:
    """How many of the library's files have not been looked at."""
    phases = program.json("status")["phases"]
    return next(int(phase["pending"]) for phase in phases if phase["name"] == "content")
