"""The other programs that open a file."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.programs import Program, programs_for

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="this system asks by itself")


@pytest.fixture
def entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of desktop entries, the only one."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "system"))
    folder = tmp_path / "home" / "applications"
    folder.mkdir(parents=True)
    return folder


def write(folder: Path, name: str, **more: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    keys = {"Type": "Application", "Name": name.title(), "Exec": f"{name} %f", "MimeType": "image/jpeg;"} | more
    lines = "".join(f"{key}={value}\n" for key, value in keys.items())
    (folder / f"{name}.desktop").write_text(
        f"# made\n[Desktop Entry]\n{lines}[Desktop Action new]\nName=New\n", "utf-8"
    )


def test_programs_are_those_that_say_they_open_such_files(entries: Path) -> None:
    write(entries, "viewer")
    write(entries / "kde", "painter", MimeType="image/png;image/jpeg;")
    write(entries, "player", MimeType="video/mp4;")
    write(entries, "shell", Terminal="true")
    write(entries, "part", NoDisplay="true")
    write(entries, "image-engine")
    (entries / "broken.desktop").write_bytes(b"\xff\xfe[")

    assert [program.name for program in programs_for("/photos/a.JPG")] == ["Painter", "Viewer"]


def test_what_the_person_set_up_hides_what_the_system_has(entries: Path, tmp_path: Path) -> None:
    write(tmp_path / "system" / "applications", "viewer")
    write(entries, "viewer", Hidden="true")

    assert programs_for("/photos/a.jpg") == []


@pytest.mark.parametrize("code", ["%f", "%U", ""])
def test_the_program_gets_the_file(entries: Path, tmp_path: Path, qtbot: QtBot, code: str) -> None:
    script, told = tmp_path / "my viewer", tmp_path / "told"
    script.write_text(f'#!/bin/sh\nprintf "%s|" "$#" "$1" "$2" > "{told}.part"; mv "{told}.part" "{told}"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    write(entries, "viewer", Exec=f'"{script}" --open {code}')
    (program,) = programs_for("/photos/a b.jpg")

    assert program.open("/photos/a b.jpg")

    qtbot.waitUntil(told.exists)
    file = "file:///photos/a%20b.jpg" if code == "%U" else "/photos/a b.jpg"
    assert told.read_text() == f"2|--open|{file}|"


def test_a_program_that_is_gone_is_told() -> None:
    assert not Program("Gone", "", ("/nowhere/gone", "%f")).open("/photos/a.jpg")
