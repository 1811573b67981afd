"""One window a library: who starts again finds it, also after it was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.instance import Instance, raise_first

ROOT = Path(__file__).resolve().parents[2]
START_S = 30


@pytest.fixture
def instance(tmp_path: Path, qtbot: QtBot) -> Iterator[Instance]:
    instance = Instance(tmp_path)
    yield instance
    instance.close()


def start(library: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, ROOT / "main.py", "--library", library], cwd=ROOT)


def wait_until_it_listens(library: Path) -> None:
    assert raise_first(library, START_S)


def test_a_second_start_raises_the_first(instance: Instance, tmp_path: Path, qtbot: QtBot) -> None:
    code = "import sys, pathlib, desktop.instance as i; assert i.raise_first(pathlib.Path(sys.argv[1]))"
    with qtbot.waitSignal(instance.raised):
        caller = subprocess.Popen([sys.executable, "-c", code, tmp_path], cwd=ROOT)
    assert caller.wait(10) == 0


def test_nobody_answers_for_another_library(instance: Instance, tmp_path: Path) -> None:
    assert not raise_first(tmp_path / "other", patience_s=0)


def test_of_two_windows_of_one_library_the_second_ends_at_once(tmp_path: Path) -> None:
    first = start(tmp_path)
    try:
        wait_until_it_listens(tmp_path)
        second = start(tmp_path)
        assert second.wait(START_S) == 0
        assert first.poll() is None
    finally:
        first.kill()
        first.wait()


def test_two_libraries_have_two_windows(tmp_path: Path) -> None:
    windows = [start(tmp_path / name) for name in ("one", "other")]
    try:
        for name in ("one", "other"):
            wait_until_it_listens(tmp_path / name)
        assert [window.poll() for window in windows] == [None, None]
    finally:
        for window in windows:
            window.kill()
            window.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_after_a_kill_the_next_start_opens_a_window(tmp_path: Path) -> None:
    first = start(tmp_path)
    wait_until_it_listens(tmp_path)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    second = start(tmp_path)
    try:
        wait_until_it_listens(tmp_path)
        time.sleep(0.2)
        assert second.poll() is None
    finally:
        second.kill()
        second.wait()
