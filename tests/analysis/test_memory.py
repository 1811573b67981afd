"""The memory of several processes, each page counted once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engines.analysis.memory import Meter

MB = 1024 * 1024
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows the proportional size")

OWN = f"pages = b'x' * (100 * {MB})"
SHARED = f"""
import mmap, sys
with open(sys.argv[1], "r+b") as file:
    pages = mmap.mmap(file.fileno(), 0)
assert len(pages[:]) == 100 * {MB}
"""


@contextmanager
def process(code: str, *arguments: object) -> Iterator[int]:
    """A process that has run this code and holds what it made."""
    line = [sys.executable, "-c", f"{code}\nprint(flush=True)\ninput()", *map(str, arguments)]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        started.stdout.readline()
        yield started.pid
        started.communicate(b"\n")


def held_mb(*pids: int) -> float:
    return Meter().sample(pids)


def test_the_memory_of_other_processes_counts() -> None:
    with process(OWN) as pid:
        assert 100 < held_mb(pid) - held_mb() < 150


def test_a_page_that_two_processes_share_counts_once(tmp_path: Path) -> None:
    (tmp_path / "pages").write_bytes(bytes(100 * MB))
    with process(SHARED, tmp_path / "pages") as one, process(SHARED, tmp_path / "pages") as other:
        assert 100 < held_mb(one, other) - held_mb() < 170


def test_the_peak_is_kept() -> None:
    meter = Meter()
    with process(OWN) as pid:
        peak = meter.sample([pid])
    assert meter.sample() == peak


def test_a_process_that_has_ended_holds_nothing() -> None:
    with process("") as pid:
        pass
    assert held_mb(pid) == pytest.approx(held_mb(), rel=0.1)
