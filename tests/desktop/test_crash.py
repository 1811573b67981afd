"""Crash reports: native crashes leave a stack, nobody's files are named, and a good end leaves nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.crash import CrashReport, redacted

ROOT = Path(__file__).resolve().parents[2]


def run(code: str, file: Path) -> int:
    start = "import sys, os, pathlib, desktop.crash as crash; r = crash.CrashReport(pathlib.Path(sys.argv[1]))"
    script = f"{start}\n{code}"
    return subprocess.run([sys.executable, "-c", script, file], cwd=ROOT, capture_output=True, check=False).returncode


def test_a_good_end_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "running.txt"
    assert run("r.close()", file) == 0
    assert not file.exists()


@pytest.mark.parametrize("crash", ["os.abort()", "import faulthandler; faulthandler._sigsegv()"])
def test_a_native_crash_leaves_a_stack_for_the_next_start(tmp_path: Path, crash: str) -> None:
    file = tmp_path / "running.txt"
    assert run(f"def here():\n    {crash}\nhere()", file) != 0
    report = CrashReport(file)
    report.close()
    assert report.previous is not None
    assert report.previous.startswith("Image Engine ")
    assert "Fatal Python error" in report.previous
    assert "in here" in report.previous
    assert f'File "{ROOT}' not in report.previous
    assert 'File "<string>"' in report.previous
    assert not file.exists()


def test_an_error_is_written_down_without_its_text(tmp_path: Path) -> None:
    file = tmp_path / "running.txt"
    run("def here():\n    raise ValueError('/home/anna/secret.jpg nvapi-0123456789')\nhere()", file)
    text = file.read_text()
    assert "builtins.ValueError" in text
    assert "in here" in text
    assert "anna" not in text
    assert "nvapi" not in text


def test_folders_of_the_program_are_not_named_either() -> None:
    try:
        raise KeyError("x")
    except KeyError as error:
        told = redacted(KeyError, error.__traceback__)
    assert told.startswith("builtins.KeyError\n  test_crash.py:")
    assert str(ROOT) not in told
