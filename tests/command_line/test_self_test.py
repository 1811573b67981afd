"""`--self-test` and `--version`: what a person tries first when something is wrong."""

from __future__ import annotations

from pathlib import Path

from engines import __version__
from tests.program import Program


def test_a_sound_installation_passes_and_leaves_nothing_behind(tmp_path: Path) -> None:
    ran = Program(tmp_path / "library", home=tmp_path / "home")("--self-test")
    assert ran.code == 0, ran.err
    steps = ran.out.splitlines()
    assert len(steps) == 4
    assert all(step.startswith("ok ") for step in steps)
    left = [path for path in tmp_path.rglob("*") if path.is_file() and ".cache" not in path.parts]
    assert left == [], "above all no library; compiled networks may stay"


def test_the_version_is_told_alone(tmp_path: Path) -> None:
    ran = Program(tmp_path / "library")("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"Image Engine {__version__}\n", "")
