"""A network that is replaced is there before, meanwhile and after, wherever the program is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engines.inference.moves import mend, move_in

KILLED = """
import os, sys
from pathlib import Path
from engines.inference import moves
root, replace, left = Path(sys.argv[1]), os.replace, int(sys.argv[2])
def counted(source, target):
    global left
    if not left:
        os.kill(os.getpid(), 9)
    left -= 1
    replace(source, target)
os.replace = counted
moves.move_in(root / ".parts" / "new", root / "sub" / "net", root, root / ".parts")
"""


def made(root: Path) -> Path:
    for name, said in ((root / "sub" / "net", "old"), (root / ".parts" / "new", "new")):
        name.mkdir(parents=True)
        (name / "file").write_text(said)
    return root


@pytest.mark.parametrize(("renames", "there"), [(0, "old"), (1, "old"), (2, "new")])
def test_killed_between_any_two_steps_one_of_the_two_is_there(tmp_path: Path, renames: int, there: str) -> None:
    root = made(tmp_path / "networks")
    subprocess.run([sys.executable, "-c", KILLED, root, str(renames)], check=False)
    mend(root, root / ".parts")
    assert (root / "sub" / "net" / "file").read_text() == there
    assert not list((root / ".parts").glob("aside-*"))


def test_what_another_process_is_about_to_put_is_left_alone(tmp_path: Path) -> None:
    root = made(tmp_path / "networks")
    aside = root / ".parts" / f"aside-{os.getppid()}-sub+net"
    os.replace(root / "sub" / "net", aside)
    mend(root, root / ".parts")
    assert aside.is_dir()


def test_what_a_killed_process_had_begun_is_deleted_and_a_download_is_kept(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    gone, yesterday = int(ended.stdout), time.time() - 90_000
    names = (f"clip-{gone}", f"hub-clip-{gone}", f"clip-{os.getppid()}", f"detr-{gone}")
    for name in names:
        (tmp_path / ".parts" / name).mkdir(parents=True)
        os.utime(tmp_path / ".parts" / name, (yesterday, yesterday))
    os.utime(tmp_path / ".parts" / f"detr-{gone}")  # begun just now, so maybe in another container
    mend(tmp_path, tmp_path / ".parts")
    assert {path.name for path in (tmp_path / ".parts").iterdir()} == {*names} - {f"clip-{gone}"}


def test_nothing_is_left_of_the_old_one(tmp_path: Path) -> None:
    root = made(tmp_path / "networks")
    move_in(root / ".parts" / "new", root / "sub" / "net", root, root / ".parts")
    assert (root / "sub" / "net" / "file").read_text() == "new"
    assert not list((root / ".parts").iterdir())
