"""Fixtures that every part of the suite may ask for, and the flags that choose what runs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shelf import Shelf

MEDIA = Path(__file__).resolve().parents[2] / "shared" / "media"

# A test with one of these marks takes long, so it runs only when its flag asks for its sort: `./installer/test --fuzz`.
# A line here makes the mark, the flag and the help; test_installer.py wants at least one test for each.
FLAGS: dict[str, str] = {
    "cloud": "the real service, where NVIDIA_API_KEY is set (some credits)",
    "faults": "fifty kills and a disk that is full at twenty points (4 minutes)",
    "gpu": "TensorRT, PyTorch and the processor side by side, on a computer with an NVIDIA card (10 minutes)",
    "nvidia": "networks exported and built by TensorRT, without a GPU; wants the extra nvidia (7 minutes)",
    "frozen": "the program frozen by PyInstaller into a folder, built and used (4 minutes)",
    "fuzz": "2,000 damaged files through the whole program (4 minutes)",
    "speech": "the real network for speech, whose folder IMAGE_ENGINE_SPEECH names (half a minute)",
    "window": "longer stories in a real window on a virtual screen (2 minutes)",
}

USER_FOLDERS = {
    "HOME": "",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_CACHE_HOME": ".cache",
    "XDG_STATE_HOME": ".local/state",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    for name, meaning in FLAGS.items():
        parser.addoption(f"--{name}", action="store_true", help=f"run only the tests marked {name}: {meaning}")


def pytest_configure(config: pytest.Config) -> None:
    for name, meaning in FLAGS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of the flags given; without a flag, those that need none."""
    asked = {name for name in FLAGS if config.getoption(f"--{name}")}

    def is_wanted(item: pytest.Item) -> bool:
        marks = {mark.name for mark in item.iter_markers()}
        return not marks.isdisjoint(asked) if asked else marks.isdisjoint(FLAGS)

    config.hook.pytest_deselected(items=[item for item in items if not is_wanted(item)])
    items[:] = filter(is_wanted, items)


@pytest.fixture(scope="session")
def media_folder() -> Path:
    """Real photos, videos and broken files with labels.csv; they lie beside the checkout, not in it."""
    if not (MEDIA / "labels.csv").is_file():
        pytest.skip(f"the test media are not at {MEDIA}")
    return MEDIA


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def home(_homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's home of the test's own, empty; child processes see it too."""
    home = Path(tempfile.mkdtemp(dir=_homes))
    for variable, folder in USER_FOLDERS.items():
        monkeypatch.setenv(variable, str(home / folder))
    return home


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A library over a folder of made files."""
    shelf = Shelf(tmp_path)
    yield shelf
    shelf.library.close()
