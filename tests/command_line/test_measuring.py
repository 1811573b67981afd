"""`bench` as it is typed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from engines.command_line.arguments import parse
from tests import tiny_networks
from tests.program import Program, finish


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "library")


def test_a_folder_without_photos_is_a_failure(program: Program, tmp_path: Path) -> None:
    ran = program("bench", "pipeline", tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "There is no photo in" in ran.err


@pytest.mark.parametrize("sizes", ["", "many", "10,-5", "0", "10;20"])
def test_sizes_that_are_none_are_a_wrong_command(program: Program, sizes: str) -> None:
    ran = program("bench", "search", "--sizes", sizes)
    assert ran.code == 2
    assert "--sizes 10000,100000" in ran.err


@pytest.mark.skipif(os.name != "posix", reason="these are POSIX's signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_of_a_measurement_that_is_stopped(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    process = program.start("bench", "search")
    while process.returncode is None and not list(place.glob("*/library*/library.db")):
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
    process.send_signal(number)
    ran = finish(process)
    assert (ran.code, ran.out, list(place.iterdir())) == (1, "", [])
    assert ran.err.endswith("Nothing of the measurement is kept.\n")


def test_batches_that_are_none_are_a_wrong_command(program: Program) -> None:
    pytest.importorskip("torch")
    ran = program("bench", "networks", "--batch", "0,8")
    assert (ran.code, "--batch 1,8,16" in ran.err) == (2, True)


@pytest.mark.nvidia
@pytest.mark.timeout(400)
def test_networks_are_measured_on_every_back_end_beside_pytorch(tmp_path: Path, media_folder: Path) -> None:
    """Small ones, which were got: those of the true size take minutes."""
    program = Program(tmp_path / "library", limit_s=390)
    for name, make in (("clip-vit-b32", tiny_networks.clip), ("detr-resnet-50", tiny_networks.detr)):
        program.json("networks", "get", name, "--from", make(tmp_path / name))
    rows = {row["name"]: row for row in program.json("bench", "networks", "--batch", "2")["rows"]}
    for title in ("CLIP ViT-B/32", "DETR ResNet-50"):
        for way in ("PyTorch fp32", "OpenVINO fp32"):
            assert rows[f"{title}: {way}, 2 at once"]["value"] > 0
            assert rows[f"{title}: {way}, memory"]["value"] > 50
        assert "against PyTorch fp32" in rows[f"{title}: OpenVINO fp32, 2 at once"]["note"]
        assert rows[f"{title}: OpenVINO int8, 2 at once"]["value"] > 0
        assert "No NVIDIA driver" in rows[f"{title}: tensorrt on the card against PyTorch fp32"]["note"]
        assert rows[f"{title}: OpenVINO against PyTorch fp32"]["value"] > 0
    assert rows["CLIP + DETR, a frame"]["unit"] == "s"
    photos = tmp_path / "photos"
    photos.mkdir()
    for number, path in enumerate(sorted((media_folder / "photos").glob("*.jpg"))[:3]):
        shutil.copy(path, photos / f"{number}.jpg")
    rows = {row["name"]: row for row in program.json("bench", "pipeline", photos, "--set", "full")["rows"]}
    assert rows["PyTorch fp32, time"]["value"] > 0
    assert rows["OpenVINO fp32, against PyTorch fp32"]["value"] > 0
    assert rows["OpenVINO fp32, same top scene"]["holds"]
    assert rows["OpenVINO fp32, same objects"]["holds"]
    assert rows["OpenVINO fp32, memory, peak"]["value"] > 100
    assert rows["tensorrt on the card fp16, against PyTorch fp32"]["value"] is None


def test_only_the_pipeline_is_measured_with_a_set_of_networks() -> None:
    pipeline, networks = (parse(["bench", what, "--set", "full"]) for what in ("pipeline", "networks"))
    assert (pipeline.of_set, pipeline.assignments) == ("full", [])
    assert (networks.of_set, networks.assignments) == (None, ["full"])  # which is no setting, and is told
