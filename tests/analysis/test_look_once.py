"""A picture outside any library is looked at like one that is imported, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engines.analysis.drive import Executor
from engines.analysis.look_once import look_once
from engines.analysis.networks import Networks
from engines.analysis.phases import chosen
from engines.analysis.pool import start_pool
from engines.errors import EngineError, InferenceError, MediaError
from engines.settings import Settings
from tests.flows.making import make_photo
from tests.seeing import Cabinet, SeeingRunner

(OBJECTS,) = chosen(["objects"])


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with start_pool(Settings().with_value("analysis.workers", 1)) as pool:
        yield pool


def test_what_networks_see_in_a_file_comes_back(executor: Executor, tmp_path: Path) -> None:
    make_photo(tmp_path / "a.jpg", 1)
    done = look_once(str(tmp_path / "a.jpg"), "objects", executor, Networks(Cabinet()))
    assert (done.phase, done.version) == ("objects", OBJECTS.version)
    assert len(done.findings.boxes) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.jpg"]


@pytest.mark.parametrize(
    ("name", "data"), [("text.jpg", b"no picture at all"), ("cut.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF")]
)
def test_a_file_without_a_picture_is_told(executor: Executor, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(MediaError, match=name):
        look_once(str(tmp_path / name), "objects", executor, Networks(Cabinet()))


def test_a_file_that_is_not_there_is_told(executor: Executor, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        look_once(str(tmp_path / "none.jpg"), "objects", executor, Networks(Cabinet()))


def test_a_network_that_cannot_be_had_is_told(executor: Executor, tmp_path: Path) -> None:
    def break_it(runner: SeeingRunner) -> None:
        runner.fault = InferenceError("network_missing", "The network cannot be loaded.")

    make_photo(tmp_path / "a.jpg", 1)
    with pytest.raises(EngineError, match="cannot be loaded"):
        look_once(str(tmp_path / "a.jpg"), "objects", executor, Networks(Cabinet(break_it)))
