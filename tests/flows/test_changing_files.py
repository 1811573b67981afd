"""Files and folders that change, vanish or loop while they are looked at."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from engines.analysis.examine import examine, prepare
from engines.analysis.phases import phases
from engines.analysis.pipeline import ScanRules
from engines.analysis.run import Report, Runner
from engines.library.library import Library
from engines.types import Examined, Wanted
from tests.flows.making import make_photo
from tests.program import Program
from tests.shelf import OneAtATime

LARGE_BYTES = 48 * 1024 * 1024  # to read and hash it takes a worker longer than a writer to change it


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_photo(tmp_path / "photos" / "still.jpg").parent


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "library")


@contextmanager
def touched_all_the_time(path: Path) -> Iterator[None]:
    """While the block lasts, give a file one time after the other."""
    over = threading.Event()

    def touch() -> None:
        tick = 1_600_000_000_000_000_000
        while not over.is_set():
            tick += 1000
            os.utime(path, ns=(tick, tick))

    toucher = threading.Thread(target=touch)
    toucher.start()
    try:
        yield
    finally:
        over.set()
        toucher.join()


def test_a_file_that_changes_while_it_is_read_is_read_again_later(folder: Path, program: Program) -> None:
    moving = make_photo(folder / "moving.jpg", 1)
    with moving.open("ab") as stream:
        stream.truncate(LARGE_BYTES)
    with touched_all_the_time(moving):
        report = program.json("import", folder)
    assert [(one["path"], one["code"]) for one in report["failed"]] == [(str(moving), "unreadable")]
    assert "changed while it was read" in report["failed"][0]["text"]
    again = program.json("import", folder)
    assert (again["examined"], again["failed"]) == (1, [])
    assert program.json("check")["whole"]


def import_after(folder: Path, library: Path, meanwhile: Callable[[], object]) -> Report:
    """Import with real decoders in this process; meanwhile: done when everything is scanned and nothing is read yet."""
    waiting = [meanwhile]

    def look(wanted: Wanted) -> Examined:
        while waiting:
            waiting.pop()()
        return examine(wanted)

    prepare([phase.name for phase in phases()])
    with Library(library) as opened:
        runner = Runner(opened, ScanRules(), lambda: nullcontext(OneAtATime(look)))
        return runner.import_paths([str(folder)])


def test_a_file_that_vanishes_after_the_scan_is_told_and_then_missing(folder: Path, program: Program) -> None:
    gone = make_photo(folder / "gone.jpg", 1)
    report = import_after(folder, program.library, gone.unlink)
    assert [failure.problem.text for failure in report.failed] == ["gone.jpg cannot be read: it is no longer there."]
    assert program.json("import", folder)["missing"] == 1
    assert program.json("status")["files"] == {"missing": 1, "ok": 1, "total": 2}


def test_a_folder_that_vanishes_after_the_scan_is_told_and_then_missing(folder: Path, program: Program) -> None:
    for number in range(3):
        make_photo(folder / "trip" / f"{number}.jpg", number)
    report = import_after(folder, program.library, lambda: shutil.rmtree(folder / "trip"))
    assert [str(failure.state) for failure in report.failed] == ["unreadable"] * 3
    assert program.json("import", folder)["missing"] == 3


def test_a_file_that_is_replaced_after_the_scan_is_known_as_it_is_now(folder: Path, program: Program) -> None:
    replaced = make_photo(folder / "replaced.jpg", 1)
    report = import_after(folder, program.library, lambda: make_photo(replaced, 2))
    assert report.failed == []
    assert program.json("show", replaced)["facts"]["taken"] == "2019-06-03T12:00:02"
    again = program.json("import", folder)
    assert (again["unchanged"], again["changed"]) == (2, 0)


def test_a_file_that_becomes_a_pipe_holds_nothing_up(folder: Path, program: Program) -> None:
    replaced = make_photo(folder / "replaced.jpg", 1)

    def replace() -> None:
        replaced.unlink()
        os.mkfifo(replaced)

    report = import_after(folder, program.library, replace)
    assert [failure.problem.text for failure in report.failed] == [
        "replaced.jpg cannot be read: it is no ordinary file."
    ]


@pytest.mark.parametrize("follow", ["off", "on"])
def test_links_in_a_circle_are_walked_once(folder: Path, program: Program, follow: str) -> None:
    inner = folder / "a" / "b"
    make_photo(inner / "deep.jpg", 1)
    (inner / "up").symlink_to(folder, target_is_directory=True)
    (folder / "self").symlink_to("self")
    (folder / "there").symlink_to("back")
    (folder / "back").symlink_to("there")
    (folder / "dangling.jpg").symlink_to(folder / "nowhere.jpg")
    report = program.json("import", folder, "--set", f"folders.follow_links={follow}")
    assert (report["added"], report["failed"], report["notices"]) == (2, [], [])
    assert program.json("import", folder, "--set", f"folders.follow_links={follow}")["unchanged"] == 2


def test_a_folder_reached_by_a_link_is_the_folder(folder: Path, program: Program, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    assert program.json("import", tmp_path / "link")["added"] == 1
    assert program.json("import", folder)["unchanged"] == 1
    assert program.json("show", tmp_path / "link" / "still.jpg")["path"] == str(folder / "still.jpg")


def test_a_library_inside_the_folder_does_not_import_itself(folder: Path) -> None:
    program = Program(folder / "library", home=folder.parent / "home")
    assert program.json("import", folder)["added"] == 1
    assert program.json("import", folder)["added"] == 0
