"""Disks that are full, folders that cannot be written, and places that are none."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.making import make_photo
from tests.flows.untouched import stamps
from tests.program import Program, Ran

PHOTOS = 24


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photos of noise, whose thumbnails are as large as thumbnails get: some 1.5 MB together."""
    folder = tmp_path_factory.mktemp("places") / "photos"
    for number in range(PHOTOS):
        make_photo(folder / f"{number}.jpg", number, size=(480, 360), grain=2)
    return folder


class Disk:
    """A small disk of its own, whose size can be changed while it is in use."""

    def __init__(self, place: Path) -> None:
        self.place = place
        place.mkdir()

    def mount(self, options: str) -> None:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.place], check=False)
        if done.returncode:
            pytest.skip("mounting a small disk is not permitted here")

    def remount(self, options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", self.place], check=True)

    def unmount(self) -> None:
        if self.place.is_mount():
            subprocess.run(["umount", self.place], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    disk = Disk(tmp_path / "disk")
    yield disk
    disk.unmount()


def assert_one_sentence(ran: Ran, *parts: str) -> None:
    """It failed, said so in one sentence that has these parts, and printed nothing else."""
    assert (ran.code, ran.out) == (1, ""), ran.err
    lines = ran.err.splitlines()
    assert len(lines) == 1, ran.err
    assert lines[0].endswith(".")
    assert all(part in lines[0] for part in parts), ran.err


def fill_and_resume(disk: Disk, folder: Path, size_kb: int) -> None:
    """Import onto a disk that is too small, then make room and import again."""
    disk.mount(f"size={size_kb}k")
    program = Program(disk.place / "library", home=disk.place.parent / "home")
    assert_one_sentence(program("import", folder, "--json"), "is full")
    disk.remount("size=64m")
    program.json("import", folder)
    assert program.json("status")["files"] == {"ok": PHOTOS, "total": PHOTOS}
    assert program.json("check")["whole"]


@pytest.mark.parametrize("size_kb", [64, 400, 1200])
def test_a_full_disk_is_told_in_a_sentence_and_nothing_is_lost(disk: Disk, folder: Path, size_kb: int) -> None:
    fill_and_resume(disk, folder, size_kb)


@pytest.mark.faults
@pytest.mark.parametrize("size_kb", range(100, 1700, 80))
def test_a_disk_may_be_full_at_any_point(disk: Disk, folder: Path, size_kb: int) -> None:
    fill_and_resume(disk, folder, size_kb)


def test_what_is_known_can_be_searched_on_a_full_disk(disk: Disk, folder: Path) -> None:
    disk.mount("size=64m")
    program = Program(disk.place / "library", home=disk.place.parent / "home")
    program.json("import", folder)
    room = os.statvfs(disk.place)
    with (disk.place / "filling").open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, room.f_bavail * room.f_frsize)
    assert len(program.json("search", "type:photo")["hits"]) == PHOTOS
    assert program.json("check")["whole"]


def test_a_read_only_library_can_be_searched_but_not_filled(disk: Disk, folder: Path) -> None:
    disk.mount("size=64m")
    program = Program(disk.place / "library", home=disk.place.parent / "home")
    program.json("import", folder)
    disk.remount("ro")
    assert len(program.json("search", "type:photo")["hits"]) == PHOTOS
    assert program.json("status")["files"]["ok"] == PHOTOS
    assert_one_sentence(program("import", folder), "library", "cannot be")


def test_a_library_cannot_be_made_where_a_file_is(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert_one_sentence(Program(tmp_path / "file")("import", folder), "file", "--library")
    below = Program(tmp_path / "file" / "library", home=tmp_path / "home")
    assert_one_sentence(below("import", folder), "file", "--library")
    assert (tmp_path / "file").read_text() == "in the way"


def test_read_only_originals_are_imported(disk: Disk, tmp_path: Path) -> None:
    disk.mount("size=64m")
    make_photo(disk.place / "a.jpg")
    disk.remount("ro")
    before = stamps(disk.place)
    assert Program(tmp_path / "library").json("import", disk.place)["added"] == 1
    assert stamps(disk.place) == before


def test_an_unplugged_disk_is_offline_and_comes_back(disk: Disk, tmp_path: Path) -> None:
    disk.mount("size=64m")
    for number in range(12):
        make_photo(disk.place / f"{number}.jpg", number)
    program = Program(tmp_path / "library")
    program.json("import", disk.place)
    away = tmp_path / "away"
    away.mkdir()
    subprocess.run(["mount", "--move", disk.place, away], check=True)
    try:
        report = program.json("import", disk.place)
        assert (report["missing"], [notice["code"] for notice in report["notices"]]) == (0, ["root_offline"])
        assert program.json("status")["files"] == {"offline": 12, "total": 12}
    finally:
        subprocess.run(["mount", "--move", away, disk.place], check=True)
    report = program.json("import", disk.place)
    assert (report["unchanged"], report["examined"]) == (12, 0)
    assert program.json("status")["files"] == {"ok": 12, "total": 12}
