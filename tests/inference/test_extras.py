"""The command that a person is told to add an extra with."""

from __future__ import annotations

import shlex
import sys
import tomllib
from pathlib import Path

import pytest

from engines.inference.extras import install_command

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="quotes as shells of POSIX do")
@pytest.mark.parametrize("extra", ["nvidia", "speech"])
def test_an_extra_comes_by_the_installer_of_the_checkout(extra: str) -> None:
    python, installer, environment, option, name = shlex.split(install_command(extra))
    assert (python, option, name) == (sys.executable, "--extra", extra)
    assert Path(installer).is_file()
    assert Path(environment) == Path(sys.prefix)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert extra in project["project"]["optional-dependencies"]
