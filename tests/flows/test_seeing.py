"""Photos through the real program and the real networks: what they show is known, told with its origin, and found."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engines.inference.catalogue import starter_cards
from tests.program import Program

DATA = Path(__file__).resolve().parents[1] / "inference" / "data"
BEAR, TRAFFIC = "coco_000000000285.jpg", "coco_000000423617.jpg"
Record = dict[str, Any]


@pytest.fixture(scope="module")
def photos(media_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The photos of which the originals' answers are known, and two more."""
    folder = tmp_path_factory.mktemp("seen") / "photos"
    folder.mkdir()
    with np.load(DATA / "labels.npz", allow_pickle=False) as file:
        names = [str(name) for name in file["names"]]
    for name in dict.fromkeys([*names, BEAR, TRAFFIC]):
        shutil.copyfile(media_folder / "photos" / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def program(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A library of them."""
    program = Program(tmp_path_factory.mktemp("seen") / "library")
    report = program.json("import", photos)
    assert (report["failed"], report["notices"]) == ([], [])
    assert {"efficientnet-lite2", "yolov3-tiny", "labels", "objects"} <= {phase["name"] for phase in report["phases"]}
    return program


def test_photos_get_the_best_label_of_the_original(program: Program, photos: Path) -> None:
    """Of a picture that is like none of the labels, none is kept."""
    with np.load(DATA / "labels.npz", allow_pickle=False) as file:
        best = file["logits"].argmax(axis=1)
        names = [str(name) for name in file["names"]]
    words = starter_cards()["efficientnet-lite2"].read_labels()
    raw = [program.json("show", photos / name)["facts"]["raw_labels"] for name in names]
    same = [kept[0]["label"] == words[index] for kept, index in zip(raw, best, strict=True) if kept]
    assert len(same) > 20
    assert np.mean(same) >= 0.99


def test_what_is_seen_is_told_with_its_origin(program: Program, photos: Path) -> None:
    record: Record = program.json("show", photos / BEAR)
    tag = next(tag for tag in record["tags"] if tag["name"] == "brown bear")
    origin = {key: value for key, value in tag["origin"].items() if key != "at"}
    assert origin == {
        "source": "efficientnet-lite2",
        "phase": "labels",
        "version": 1,
        "weights": origin["weights"],
        "precision": "fp32",
        "where": "local",
    }
    assert {"bear", "animal"} <= {tag["name"] for tag in record["tags"]}


def test_objects_have_boxes_inside_the_picture(program: Program, photos: Path) -> None:
    objects = program.json("show", photos / TRAFFIC)["objects"]
    assert {"car", "bus"} <= {seen["label"] for seen in objects}
    for seen in objects:
        left, top, width, height = seen["box"]
        assert min(seen["box"]) >= 0
        assert left + width <= 1.001
        assert top + height <= 1.001


def test_a_phase_can_be_run_again_alone(program: Program, photos: Path) -> None:
    before = program.json("show", photos / BEAR)
    report = program.json("analyse", "--phase", "objects")
    assert {phase["name"] for phase in report["phases"]} == {"read", "decode", "prepare", "yolov3-tiny", "objects"}
    after = program.json("show", photos / BEAR)
    assert [tag["name"] for tag in after["tags"]] == [tag["name"] for tag in before["tags"]]
    assert {phase["state"] for phase in after["phases"]} == {"done"}


def test_a_back_end_that_is_not_there_is_told_before_anything_is_done(program: Program, photos: Path) -> None:
    ran = program("import", photos, "--set", "inference.back_end=tensorrt")
    assert (ran.code, ran.out) == (2, "")
    assert "inference.back_end=tensorrt cannot be had" in ran.err
    status = program.json("status", "--set", "inference.back_end=tensorrt")["back_end"]
    assert (status["name"], [one["name"] for one in status["skipped"]]) == (None, ["tensorrt"])


def test_the_back_end_is_told_with_what_came_before_it(program: Program) -> None:
    back_end = program.json("status")["back_end"]
    assert (back_end["name"], back_end["precision"]) == ("openvino", "fp32")
    assert [one["name"] for one in back_end["skipped"]] == ["tensorrt", "torch"]


def test_the_precision_can_be_chosen(program: Program, photos: Path) -> None:
    program.json("analyse", "name:coco_000000000285", "--phase", "labels", "--set", "analysis.precision=int8")
    phases = {phase["name"]: phase["precision"] for phase in program.json("show", photos / BEAR)["phases"]}
    assert phases["labels"] == "int8"


def test_an_export_tells_where_things_are(program: Program, photos: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    assert program("export", f"name:{TRAFFIC.removesuffix('.jpg')}", "-o", path).code == 0
    with path.open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["fact"] == "object"]
    assert {json.loads(line["value"])["label"] for line in lines} >= {"car", "bus"}
    assert {line["origin"] for line in lines} == {"yolov3-tiny"}
