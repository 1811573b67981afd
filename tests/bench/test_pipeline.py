"""`bench pipeline`, in small."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.bench import against_torch, pipeline
from engines.bench.pipeline import Scale
from engines.bench.report import Row
from engines.bench.workbench import Workbench
from engines.errors import EngineError, UsageError
from engines.inference import torch_network
from engines.inference.torch_network import why_not
from tests.bench.conftest import photo_folder, workbench

TINY = Scale(photos=3, small_files=10, rounds=1)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    place = tmp_path_factory.mktemp("pipeline")
    return list(pipeline.measure(workbench(place), photo_folder(place), TINY))


def test_every_step_is_measured(measured: list[Row]) -> None:
    assert {row.name: row.unit for row in measured} == {
        "photos": "files",
        "workers, start": "s",
        "import": "files/s",
        "metadata": "files/s",
        "content": "photos/s",
        "read, a file": "ms",
        "decode, a file": "ms",
        "thumbnail, a file": "ms",
        "metadata, a file": "ms",
        "content, a file": "ms",
        "decode, jpeg": "ms",
        "naive way, no networks": "times slower",
        "decode only": "photos/s",
        "networks only": "photos/s",
        "whole pipeline": "photos/s",
        "whole pipeline, share": "",
        "EfficientNet-Lite2 against PyTorch": "times faster",
        "MiniLM-L6-v2 against PyTorch": "times faster",
        "YOLOv3-tiny against PyTorch": "times faster",
        "naive way": "times faster",
        "import of 10": "files/s",
        "second import": "s",
        "memory, peak": "MB",
        "memory, growth": "MB",
        "scan, new files": "files/s",
        "scan, unchanged files": "files/s",
        "save, a file": "µs",
    }


def test_no_two_rows_have_the_same_name(measured: list[Row]) -> None:
    assert len({row.name for row in measured}) == len(measured)


def test_every_row_has_a_number(measured: list[Row]) -> None:
    without_torch = {row.name for row in measured if row.note == why_not()}
    assert [row.name for row in measured if row.value is None and row.name not in without_torch] == []


def test_the_bars_of_the_design_are_there(measured: list[Row]) -> None:
    assert {row.name: str(row.bar) for row in measured if row.bar is not None} == {
        "metadata": "≥ 180",
        "content": "≥ 15",
        "whole pipeline, share": "≥ 0.9",
        "EfficientNet-Lite2 against PyTorch": "≥ 2",
        "MiniLM-L6-v2 against PyTorch": "≥ 2",
        "YOLOv3-tiny against PyTorch": "≥ 2",
        "naive way": "≥ 5",
        "second import": "≤ 5",
        "memory, peak": "< 1,500",
        "memory, growth": "< 100",
    }


def test_without_pytorch_its_rows_say_what_is_missing(
    bench: Workbench, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch_network, "find_spec", lambda name: None)
    rows = list(against_torch.measure(bench, folder, 1))
    assert [(row.value, row.holds) for row in rows] == [(None, None)] * 4
    assert all("torch and onnx" in row.note for row in rows)


@pytest.fixture
def copied(bench: Workbench, folder: Path) -> Path:
    """What is measured instead of the folder itself, three of its six photos."""
    next(pipeline.measure(bench, folder, TINY))
    return bench.place / "photos"


def test_photos_are_taken_from_all_over_the_folder(copied: Path) -> None:
    assert sorted(file.name for file in copied.rglob("*.jpg")) == ["IMG_00000.jpg", "IMG_00002.jpg", "IMG_00004.jpg"]


def test_a_photo_is_measured_with_its_sidecar(copied: Path) -> None:
    assert [file.name for file in copied.rglob("*.xmp")] == ["IMG_00000.xmp"]


def test_photos_are_made_where_no_folder_is_given(bench: Workbench) -> None:
    row = next(pipeline.measure(bench, None, TINY))
    assert len(list((bench.place / "photos").rglob("IMG_*"))) == row.value == 3


def test_a_folder_without_photos_cannot_be_measured(bench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EngineError, match="no photo"):
        next(pipeline.measure(bench, tmp_path / "empty", TINY))


def test_a_folder_that_is_nowhere_is_a_wrong_command(bench: Workbench, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        next(pipeline.measure(bench, tmp_path / "nowhere", TINY))


def test_a_disk_without_room_is_left_alone(bench: Workbench, folder: Path) -> None:
    with pytest.raises(EngineError, match="TMPDIR"):
        next(pipeline.measure(bench, folder, Scale(photos=10**9)))


def test_a_command_that_fails_ends_the_measurement(bench: Workbench) -> None:
    with pytest.raises(EngineError, match="no library"):
        bench.run(bench.place / "nowhere", "status")
