"""Every scene that `--view` knows can be opened on a library with a photo."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.scenes import SCENES
from tests.make_media import make_photo

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scenes")
    (folder / "photos").mkdir()
    (folder / "photos" / "one.jpg").write_bytes(make_photo(size=(64, 48)))
    _run("--library", str(folder / "library"), "import", str(folder / "photos"))
    return folder / "library"


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_can_be_pictured(name: str, library: Path, tmp_path: Path) -> None:
    grid, scene = tmp_path / "grid.png", tmp_path / "scene.png"
    _run("--library", str(library), "--screenshot", str(grid))
    _run("--library", str(library), "--view", name, "--screenshot", str(scene))
    assert scene.read_bytes() != grid.read_bytes()


def _run(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stderr
