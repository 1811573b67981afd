"""The program frozen into a folder that needs no Python: built for real, and used in its window."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.accessible import Reader
from tests.flows.making import make_photo, make_sidecar
from tests.flows.window import BUTTON, Window
from tests.program import Program
from tests.screen import Screen, missing

ROOT = Path(__file__).resolve().parents[1]
BUILD_S = 600

pytestmark = [
    pytest.mark.frozen,
    pytest.mark.timeout(BUILD_S + 120),
    pytest.mark.skipif(find_spec("PyInstaller") is None, reason="PyInstaller is not installed"),
]


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder's program."""
    place = tmp_path_factory.mktemp("frozen")
    folders = ["--distpath", str(place / "dist"), "--workpath", str(place / "build")]
    line = [sys.executable, "-m", "PyInstaller", str(ROOT / "installer" / "image-engine.spec"), "--log-level", "ERROR"]
    subprocess.run([*line, *folders], cwd=place, timeout=BUILD_S, check=True)
    return place / "dist" / "image-engine" / "image-engine"


class FrozenProgram(Program):
    def __init__(self, program: Path, library: Path) -> None:
        super().__init__(library)
        self._program = program

    def line(self, *arguments: object) -> list[str | bytes]:
        given = [one if isinstance(one, bytes) else str(one) for one in arguments]
        return [str(self._program), "--library", str(self.library), *given]

    def environment(self) -> dict[str, str]:
        """Without a Python that could help out."""
        return {name: value for name, value in super().environment().items() if not name.startswith("PYTHON")}


@pytest.fixture
def program(frozen: Path, tmp_path: Path) -> FrozenProgram:
    return FrozenProgram(frozen, tmp_path / "library")


@pytest.fixture
def window(program: FrozenProgram) -> Iterator[Window]:
    if missing():
        pytest.skip(missing())
    screen = Screen()
    reader = Reader(screen.bus)
    window = Window(program, screen, reader)
    yield window
    window.end()
    reader.close()
    screen.close()


def test_it_tests_itself(program: FrozenProgram) -> None:
    ran = program("--self-test")
    assert ran.code == 0, ran.err
    assert "the networks look at it" in ran.out


def test_its_window_imports_a_folder_and_finds_a_photo(window: Window, program: FrozenProgram, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    for number in range(6):
        make_photo(photos / f"IMG_{number}.jpg", number * 28)
    make_sidecar(photos / "IMG_3.jpg", rating=2, keyword="harbour")
    window.click("Add folder…", BUTTON)
    window.choose_folder(photos)
    window.wait_for_tiles(6)
    window.wait_for_rest()
    window.search("harbour")
    (tile,) = window.wait_for_tiles(1)
    window.double_click(tile)
    window.wait_for("IMG_3.jpg")
    window.press("Escape")
    window.close()
    assert {phase["pending"] for phase in program.json("status")["phases"]} == {0}
    assert {os.path.basename(hit["path"]) for hit in program.json("search", "harbour")["hits"]} == {"IMG_3.jpg"}
