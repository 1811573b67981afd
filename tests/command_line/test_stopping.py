"""Runs that are stopped, shut out, or whose reader goes away."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from engines.analysis.networks import DEFAULT_BATCH
from engines.errors import LibraryError
from engines.library.library import Library
from engines.library.overview import states
from engines.settings import Settings
from tests.flows.making import make_photo
from tests.program import Program, Ran, finish, kill

PHOTOS = 300  # some three seconds
WAIT_S = 60  # for a condition; a busy machine takes a while to start Python
POLL_S = 0.02
AHEAD = 3 * DEFAULT_BATCH + 2 * Settings().analysis.worker_count()  # photos that wait for the networks at most

pytestmark = pytest.mark.skipif(os.name != "posix", reason="these are POSIX's signals")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stopping") / "photos"
    for number in range(PHOTOS):
        make_photo(folder / f"{number}.jpg", number)
    return folder


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "library")


@pytest.fixture
def running(program: Program, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """An import that has examined some files and has most of its way to go."""
    process = program.start("import", folder, "--json", "--set", "analysis.workers=1")
    try:
        wait_until(lambda: examined(program) > 0, process)
        yield process
    finally:
        if process.returncode is None:
            kill(process)


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Look again and again while the process runs."""
    for _ in range(round(WAIT_S / POLL_S)):
        if condition():
            return
        try:
            process.wait(POLL_S)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail("the run was over, or stuck, before what was waited for")


def examined(program: Program) -> int:
    """How many photos of the library have been looked at; 0 while there is no library."""
    try:
        with Library(program.library, writable=False) as library, library.database.read() as connection:
            return states(connection).get("ok", 0)
    except LibraryError:
        return 0


def assert_stopped(ran: Ran) -> None:
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[-1] == ("Stopped. What was done until now is kept; the same command goes on from here.")
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_import_that_is_stopped_keeps_its_work_and_goes_on_later(
    program: Program, folder: Path, running: subprocess.Popen[bytes], number: signal.Signals
) -> None:
    os.killpg(running.pid, number)  # as a terminal does: to the workers as well
    assert_stopped(finish(running))
    kept = examined(program)
    assert 0 < kept < PHOTOS
    report = program.json("import", folder)
    again = report["examined"] - (PHOTOS - kept)  # were on their way to the networks
    assert (report["added"], report["failed"]) == (0, [])
    assert 0 <= again <= AHEAD
    status = program.json("status")
    assert [run["counts"]["examined"] for run in status["runs"]] == [report["examined"], kept]
    assert {phase["pending"] for phase in status["phases"]} == {0}


def test_a_second_import_is_refused_while_questions_are_answered(
    program: Program, folder: Path, running: subprocess.Popen[bytes]
) -> None:
    second = program("import", folder)
    assert (second.code, second.out) == (1, "")
    assert f"Another Image Engine (process {running.pid}) is using the library" in second.err
    assert program.json("search", "type:photo")["hits"]
    assert program.json("status")["files"]["total"] == PHOTOS
    assert finish(running).json["examined"] == PHOTOS, "the first was not disturbed"


def test_of_imports_that_start_together_each_works_or_is_told_to_wait(program: Program, folder: Path) -> None:
    started = [program.start("import", folder / f"{number}.jpg", "--json") for number in range(4)]
    ended = [finish(process) for process in started]
    assert {ran.code for ran in ended} <= {0, 1}
    waiting = [ran.err for ran in ended if ran.code == 1]
    assert all("is using the library" in err and len(err.splitlines()) == 1 for err in waiting)
    assert program.json("status")["files"]["ok"] == 4 - len(waiting) > 0
    assert program.json("check")["whole"]


def test_a_killed_import_shuts_nobody_out(program: Program, folder: Path, running: subprocess.Popen[bytes]) -> None:
    kill(running)
    assert program.json("import", folder)["failed"] == []


def test_a_killed_worker_costs_no_file(program: Program, folder: Path, running: subprocess.Popen[bytes]) -> None:
    """As the system does it when memory is short."""
    (worker,) = [child for child in psutil.Process(running.pid).children() if "spawn_main" in " ".join(child.cmdline())]
    worker.kill()
    report = finish(running).json
    assert (report["examined"], report["failed"]) == (PHOTOS, [])


@pytest.mark.parametrize("command", ["status", "search"])
def test_a_reader_who_leaves_is_no_fault(program: Program, folder: Path, command: str) -> None:
    program.json("import", folder / "1.jpg")
    process = program.start(command, *(["type:photo"] if command == "search" else []), "--json")
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=WAIT_S)
    assert (process.returncode, err) == (0, b"")


def test_head_gets_its_line(program: Program, folder: Path) -> None:
    program.json("import", folder / "1.jpg")
    line = " ".join(f"'{word}'" for word in map(os.fsdecode, program.line("status")))
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line} | head -1"],
        capture_output=True,
        env=program.environment(),
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{program.library}\n", "")
