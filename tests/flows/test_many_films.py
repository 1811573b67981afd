"""A thousand short clips and one of three hours: flat memory, a stop within a second, and nothing done twice."""

from __future__ import annotations

import signal
import struct
import time
from pathlib import Path
from typing import Any

import pytest

from tests.make_film import Scene, made_picture, make_film
from tests.program import Program

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]

CLIPS, FEW = 1000, 100
HOURS_S = 3 * 3600
STOP_S = 1.0
ROOM_MB = 60  # that the thousandth clip may take beyond the hundredth


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two folders, few/ and many/, of clips of a second, each with bytes of its own."""
    folder = tmp_path_factory.mktemp("clips")
    whole = folder / "clip.mp4"
    make_film(whole, [Scene(made_picture(1), 1.0)], size=(320, 180), fps=10)
    for name, first, last in (("few", 0, FEW), ("many", FEW, CLIPS)):
        (folder / name).mkdir()
        for number in range(first, last):
            box = struct.pack(">I4sI", 12, b"free", number)  # it means nothing, and makes another file of it
            (folder / name / f"{number:04}.mp4").write_bytes(whole.read_bytes() + box)
    return folder


@pytest.fixture(scope="module")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hours at one frame a second, in scenes of five minutes."""
    path = tmp_path_factory.mktemp("long") / "long.mp4"
    scenes = [Scene(made_picture(number), 300.0) for number in range(HOURS_S // 300)]
    make_film(path, scenes, size=(128, 72), fps=1, keyframes=10)
    return path


def test_memory_does_not_grow_with_the_number_of_clips(clips: Path, tmp_path: Path) -> None:
    program = Program(tmp_path / "library", limit_s=800)
    few = program.json("import", clips / "few")
    many = program.json("import", clips / "many")
    assert (few["failed"], many["failed"]) == ([], [])
    assert many["peak_memory_mb"] <= few["peak_memory_mb"] + ROOM_MB
    status = program.json("status")
    counts = {one["name"]: (one["done"], one["pending"]) for one in status["phases"]}
    assert counts["moments"] == (CLIPS, 0)
    assert program.json("search", "type:video", "--limit", "1")["total"] == CLIPS


def test_three_hours_are_stopped_within_a_second_and_gone_on_with(long_film: Path, tmp_path: Path) -> None:
    whole = Program(tmp_path / "whole", limit_s=800)
    report = whole.json("import", long_film)
    assert report["peak_memory_mb"] < 1000
    broken = Program(tmp_path / "broken", limit_s=800)
    took = []
    for wait_s in (6.0, 8.0):
        process = broken.start("import", long_film)
        time.sleep(wait_s)
        assert process.poll() is None, "it was quicker than the test"
        asked = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        took.append(time.monotonic() - asked)
    assert max(took) <= STOP_S
    broken.json("import", long_film)
    assert moments(broken, long_film) == moments(whole, long_film)
    assert moments(whole, long_film)[-1][1] == pytest.approx(HOURS_S, abs=2)


def moments(program: Program, path: Path) -> list[Any]:
    record = program.json("show", path)
    return [(one["start_s"], one["end_s"], one["time_s"]) for one in record["moments"]]
