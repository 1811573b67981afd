"""Puts a finished folder in the place of another one, so that whenever the program is ended one of the two is there.

No system exchanges two folders at once everywhere. So the old one is first moved aside under a name that says where it
belongs; if the program ends before the new one is in its place, the next one moves the old one back.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

_ASIDE = "aside-"  # then the process, and where in the folder of networks it belongs
_DOWNLOAD = "hub-"  # what is gone on with, by whichever process
_LEFT_S = 86_400.0  # before what another process began is taken for left: it may run in a container


def move_in(new: Path, place: Path, root: Path, aside: Path) -> None:
    """Put a finished folder in its place below `root`. aside: a folder on the same disk for what was there."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    belongs = "+".join(place.relative_to(root).parts)
    old = aside / f"{_ASIDE}{os.getpid()}-{belongs}"
    if place.exists():
        os.replace(place, old)
    os.replace(new, place)
    shutil.rmtree(old, ignore_errors=True)


def mend(root: Path, aside: Path) -> None:
    """Move back what an ended process left aside, delete it where the new one came, and delete what it had begun."""
    for part in _left(aside):
        shutil.rmtree(part, ignore_errors=True)
    for old in aside.glob(f"{_ASIDE}*"):
        pid, _, belongs = old.name.removeprefix(_ASIDE).partition("-")
        if not pid.isdecimal() or psutil.pid_exists(int(pid)):
            continue  # it is under way
        place = root.joinpath(*belongs.split("+"))
        try:
            if place.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                os.replace(old, place)
        except OSError:
            continue  # another one was faster


def _left(aside: Path) -> Iterator[Path]:
    """Unfinished folders, named after their process last, that nobody will finish."""
    for part in aside.glob("*-*"):
        pid = part.name.rpartition("-")[2]
        if part.name.startswith((_ASIDE, _DOWNLOAD)) or not pid.isdecimal() or psutil.pid_exists(int(pid)):
            continue
        try:
            if time.time() - part.stat().st_mtime > _LEFT_S:
                yield part
        except OSError:
            continue  # gone by now
