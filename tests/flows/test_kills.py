"""kill -9 at random moments of an import: nothing is lost, damaged, or done twice."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.flows.making import make_photo, make_sidecar
from tests.program import Program, kill

SEED = 20261121
WORKERS_GONE_S = 10  # they are killed by the kernel at once; the machine may be busy
Record = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty files of all sorts: photos, copies, one with a sidecar, broken ones, a movie's name, a text."""
    folder = tmp_path_factory.mktemp("killed") / "photos"
    for number in range(48):
        make_photo(folder / f"{number % 5}" / f"IMG_{number:04}.jpg", number)
    for number in range(4):
        shutil.copy2(folder / "0" / "IMG_0000.jpg", folder / f"copy {number}.jpg")
        make_photo(folder / f"{number}.png", 100 + number, form="PNG")
    make_sidecar(folder / "1" / "IMG_0001.jpg", rating=4, keyword="harbour")
    (folder / "cut short.jpg").write_bytes((folder / "0" / "IMG_0005.jpg").read_bytes()[:900])
    (folder / "empty.mp4").write_bytes(b"")
    (folder / "notes.txt").write_text("no photo")
    return folder


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Record], float]:
    """What an import leaves behind that nobody disturbs, and the seconds that it takes."""
    program = Program(tmp_path_factory.mktemp("undisturbed") / "library")
    started = time.monotonic()
    program.json("import", folder)
    seconds = time.monotonic() - started
    return outcome(program), seconds


def outcome(program: Program) -> list[Record]:
    """Everything a library knows, without when it learnt it; the order of files is of no importance."""
    path = program.library.parent / "export.json"
    assert program("export", "-o", path).code == 0
    records = json.loads(path.read_text("utf-8"))
    for record in records:
        origins = [seen["origin"] for seen in (*record["tags"], *record["objects"])]
        for timed in (record, *record["phases"], *origins):
            for key in ("added", "at"):
                timed.pop(key, None)
    return sorted(records, key=lambda record: str(record["path"]))


def kill_at(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill a run after so many seconds; False if it was over by then. Its workers must end by themselves."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        children = psutil.Process(process.pid).children(recursive=True)
        kill(process)
        gone, alive = psutil.wait_procs(children, timeout=WORKERS_GONE_S)
        assert not alive, f"{len(alive)} of {len(gone) + len(alive)} processes outlived the one that started them"
        return True
    process.communicate()
    return False


def killed_imports(place: Path, folder: Path, chance: random.Random, seconds: float, kills: int) -> Iterator[Program]:
    """Libraries that were filled under so many kills in all; whenever an import got through, a new one is begun."""
    done = number = 0
    while done < kills:
        program = Program(place / str(number) / "library")
        killed_here = 0
        while done < kills and kill_at(program.start("import", folder), chance.uniform(0.1, 1.1) * seconds):
            done += 1
            killed_here += 1
        number += 1
        if killed_here:
            program.json("import", folder)
            yield program


def check_all(place: Path, folder: Path, undisturbed: tuple[list[Record], float], kills: int) -> None:
    expected, seconds = undisturbed
    for program in killed_imports(place, folder, random.Random(SEED), seconds, kills):
        assert program.json("check") == {"whole": True, "findings": []}
        assert outcome(program) == expected
        status = program.json("status")
        assert {phase["pending"] for phase in status["phases"]} == {0}
        assert status["runs"][0]["seconds"] is not None
        assert all(run["counts"] == {} for run in status["runs"] if run["seconds"] is None)


def test_an_import_survives_kills(tmp_path: Path, folder: Path, undisturbed: tuple[list[Record], float]) -> None:
    check_all(tmp_path, folder, undisturbed, kills=8)


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_an_import_survives_fifty_kills(tmp_path: Path, folder: Path, undisturbed: tuple[list[Record], float]) -> None:
    check_all(tmp_path, folder, undisturbed, kills=50)
