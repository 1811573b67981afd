"""The way in: from a checkout, as an installed command, and in the processes that are spawned."""

from __future__ import annotations

import importlib
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from engines import __version__

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def test_a_checkout_tells_its_version_without_being_installed(tmp_path: Path) -> None:
    assert __version__ in run(str(ROOT / "main.py"), "--version", cwd=tmp_path).stdout


def test_the_installed_command_is_the_same_function() -> None:
    command = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]["image-engine"]
    module, _, function = command.partition(":")
    assert callable(getattr(importlib.import_module(module), function))


@pytest.mark.parametrize("arguments", [["search"], ["--no-such-option"], ["frobnicate"], ["--size", "big"]])
def test_wrong_usage_ends_with_2_and_keeps_stdout_clean(arguments: list[str], tmp_path: Path) -> None:
    done = run(str(ROOT / "main.py"), *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")


def test_a_spawned_process_that_imports_it_runs_nothing_and_loads_nothing() -> None:
    loaded = "import main, sys; print([name for name in sys.modules if name.startswith('engines')])"
    assert run("-c", loaded, cwd=ROOT).stdout == "[]\n"
