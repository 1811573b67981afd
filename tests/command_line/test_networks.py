"""`networks` as it is typed: from a folder with a checkpoint to networks that can be used."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from engines.command_line import main, networks
from tests import tiny_networks
from tests.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "library")


def test_the_list_says_what_there_is_what_can_be_got_and_what_is_left_out(program: Program) -> None:
    answer = program.json("networks", "list")
    assert {one["name"] for one in answer["networks"]} == {"efficientnet-lite2", "minilm-l6-v2", "yolov3-tiny"}
    assert {one["name"]: one["state"] for one in answer["to_get"]} == {
        "clip-vit-b32": "to get", "detr-resnet-50": "to get", "whisper-base": "to get"
    }  # fmt: skip
    assert "every photo would leave this computer" in answer["left_out"][0]["reason"]


def test_an_unknown_network_is_told_with_those_that_there_are(program: Program) -> None:
    pytest.importorskip("torch")
    ran = program("networks", "get", "resnet")
    assert (ran.code, "there are clip-vit-b32, detr-resnet-50" in ran.err) == (2, True)


def test_nothing_is_fetched_where_the_settings_say_offline(program: Program) -> None:
    tiny_networks.needed()
    ran = program("--set", "cloud.offline=on", "networks", "get", "clip-vit-b32")
    assert (ran.code, "cloud.offline forbids to fetch it" in ran.err) == (1, True)


@pytest.mark.nvidia
def test_a_network_is_got_from_a_folder_listed_and_removed(program: Program, tmp_path: Path) -> None:
    folder = tiny_networks.clip(tmp_path / "checkpoint")
    got = program.json("networks", "get", "clip-vit-b32", "--from", folder)
    assert [one["name"] for one in got["networks"]] == ["clip-vit-b32", "clip-vit-b32-text"]
    listed = program.json("networks", "list")
    assert {one["name"]: one["origin"] for one in listed["networks"]}["clip-vit-b32-text"] == "got"
    assert next(one["state"] for one in listed["to_get"] if one["name"] == "clip-vit-b32") == "ready"
    assert program.json("networks", "remove", "clip-vit-b32")["removed"] == ["clip-vit-b32", "clip-vit-b32-text"]
    assert len(program.json("networks", "list")["networks"]) == 3


@pytest.mark.nvidia
def test_networks_that_others_exported_are_got_from_a_folder_and_run(program: Program, tmp_path: Path) -> None:
    exported = tiny_networks.exported_by_others(
        tiny_networks.detr(tmp_path / "checkpoint"), tmp_path / "onnx", kind="detr"
    )
    got = program.json("networks", "get", "detr-resnet-50", "--ready", "--from", exported)
    assert [one["name"] for one in got["networks"]] == ["detr-resnet-50"]
    assert not list(tmp_path.rglob(".checkpoints/*"))
    assert program.json("networks", "list")["to_get"][1]["state"] == "ready"


@pytest.mark.nvidia
def test_a_damaged_checkpoint_is_fetched_again_and_not_only_told(program: Program, tmp_path: Path) -> None:
    folder = tiny_networks.detr(tmp_path / "checkpoint")
    program.json("networks", "get", "detr-resnet-50", "--from", folder)
    weights = next(tmp_path.rglob(".checkpoints/detr-resnet-50/model.safetensors"))
    weights.write_bytes(weights.read_bytes()[:-1])
    ran = program("--set", "cloud.offline=on", "networks", "get", "detr-resnet-50")
    assert (ran.code, "cloud.offline forbids to fetch it" in ran.err) == (1, True), ran.err


def test_only_networks_are_removed_and_no_other_folders(program: Program, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "mine.jpg").write_bytes(b"mine")
    ran = program("networks", "remove", photos)
    assert (ran.code, "There is no network" in ran.err) == (2, True)
    assert (photos / "mine.jpg").read_bytes() == b"mine"


@pytest.mark.nvidia
def test_an_exported_network_lies_where_it_was_asked_for_and_overwrites_nothing(
    program: Program, tmp_path: Path
) -> None:
    folder = tiny_networks.detr(tmp_path / "checkpoint")
    arguments = ("networks", "export", "detr-resnet-50", "--from", folder, "--image-size", "320", "--output")
    made = program.json(*arguments, tmp_path / "out")
    assert sorted(path.name for path in Path(made["networks"][0]["folder"]).iterdir()) == [
        "card.toml", "labels.txt", "network.onnx"
    ]  # fmt: skip
    assert "is there already" in program(*arguments, tmp_path / "out").err


@pytest.mark.nvidia
def test_an_engine_is_built_for_a_card_that_is_not_here(program: Program, tmp_path: Path) -> None:
    pytest.importorskip("tensorrt_rtx")
    made = program.json("networks", "build", "yolov3-tiny", "--for", "sm89", "--output", tmp_path / "yolo.engine")
    assert (made["library"], made["size"]) == ("tensorrt_rtx", (tmp_path / "yolo.engine").stat().st_size)


def test_without_a_card_the_build_says_what_to_name(program: Program) -> None:
    pytest.importorskip("tensorrt_rtx")
    ran = program("networks", "build", "yolov3-tiny")
    assert (ran.code, "name it with --for" in ran.err) == (2, True)


def test_a_disk_that_does_not_take_a_network_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(command: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "networks/.parts/clip")

    monkeypatch.setattr(networks, "_list", full)
    assert main(["networks", "list"]) == 1
    assert capsys.readouterr().err.strip() == "networks/.parts/clip cannot be used: No space left on device."
