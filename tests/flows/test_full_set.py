"""The full set with small random weights, the whole way: got, proved, chosen, run; what was found before answers until
what is new is complete.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests import tiny_networks
from tests.program import Program

pytestmark = pytest.mark.nvidia

FULL = ("--set", "analysis.networks=full")
PHOTOS = 6


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "library")


@pytest.fixture
def photos(tmp_path: Path, media_folder: Path) -> Path:
    """Real ones, of which no two look the same."""
    folder = tmp_path / "photos"
    folder.mkdir()
    real = sorted((media_folder / "photos").glob("*.jpg"))
    for number in range(PHOTOS):
        shutil.copy(real[5 * number], folder / f"photo{number}.jpg")
    return folder


def got(program: Program, folder: Path) -> None:
    program.json("networks", "get", "clip-vit-b32", "--from", tiny_networks.clip(folder / "clip"))
    program.json("networks", "get", "detr-resnet-50", "--from", tiny_networks.detr(folder / "detr"))


def pending(program: Program, *options: str) -> dict[str, int]:
    return {one["name"]: one["pending"] for one in program.json(*options, "status")["phases"]}


def test_a_set_that_is_not_there_is_refused_with_what_to_do(program: Program, photos: Path) -> None:
    ran = program(*FULL, "import", photos)
    assert (ran.code, "`networks get clip-vit-b32`" in ran.err) == (2, True)


def test_the_full_set_takes_the_place_of_the_starter_set_and_back(
    program: Program, photos: Path, tmp_path: Path
) -> None:
    program.json("import", photos)
    got(program, tmp_path)
    assert pending(program, *FULL) == pending(program) | {"objects": PHOTOS, "labels": PHOTOS, "meaning": PHOTOS}
    like = ("search", "--like", shutil.copy(photos / "photo1.jpg", tmp_path / "asked.jpg"))
    assert program.json(*like)["hits"][0]["path"].endswith("photo1.jpg")  # the old vectors answer

    assert not program.json(*FULL, "import", photos)["failed"]
    assert set(pending(program, *FULL).values()) == {0}
    shown: dict[str, Any] = program.json(*FULL, "show", photos / "photo1.jpg")
    assert shown["origins"]["object_count"] == "detr-resnet-50"
    assert shown["origins"]["raw_labels"] == "clip-vit-b32"
    assert {seen["origin"]["source"] for seen in shown["objects"]} <= {"detr-resnet-50"}
    assert program.json(*FULL, *like)["hits"][0]["path"].endswith("photo1.jpg")
    assert program(*FULL, "search", "dog on a beach", "--json").code == 0
    assert program(*FULL, "check", "--json").json["whole"]

    assert pending(program)["objects"] == PHOTOS  # and back
    program.json("import", photos)
    assert program.json("show", photos / "photo1.jpg")["origins"]["raw_labels"] == "efficientnet-lite2"


def test_int8_is_made_with_photos_used_and_priced(program: Program, media_folder: Path, tmp_path: Path) -> None:
    got(program, tmp_path)
    many = media_folder / "photos"
    photo = shutil.copy(sorted(many.glob("*.jpg"))[3], tmp_path / "photo.jpg")
    program.json("import", photo)
    assert "30 photos or more, better 240; there are 1." in program("networks", "calibrate", "clip-vit-b32").err
    made = program.json("networks", "calibrate", "clip-vit-b32", "--from", many)
    assert made["photos"] > 100
    int8 = ("--set", "analysis.precision=int8")
    program.json(*FULL, *int8, "import", photo)
    phases = program.json(*FULL, "show", photo)["phases"]
    assert {one["precision"] for one in phases if one["name"] == "meaning"} == {"fp32+int8"}  # DETR was not calibrated
    prices = {
        one["precision"]: one for one in program.json("networks", "compare", "clip-vit-b32", "--from", many)["prices"]
    }
    assert prices["fp32"]["same_top"] == prices["fp32"]["faster"] == 1.0
    assert prices["int8"]["same_top"] > 0.5
